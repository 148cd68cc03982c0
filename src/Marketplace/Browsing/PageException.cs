namespace Marketplace.Browsing;

/// <summary>A page is not as expected.</summary>
/// <param name="expected">What should be there, as the end of "expected …".</param>
/// <param name="came">What was there instead.</param>
internal sealed class PageException(string expected, string came) : Exception($"Expected {expected}; came {came}.")
{
    public string Expected => expected;

    public string Came => came;
}
