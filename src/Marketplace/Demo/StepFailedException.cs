namespace Marketplace.Demo;

/// <summary>A step saw something else than it should.</summary>
internal sealed class StepFailedException(string expected, string came) : Exception($"Expected {expected}; came {came}.")
{
    public string Expected => expected;

    public string Came => came;

    /// <summary>Throws unless it holds.</summary>
    public static void Unless(bool holds, string expected, string came)
    {
        if (!holds)
            throw new StepFailedException(expected, came);
    }
}
