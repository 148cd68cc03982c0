namespace EndToEnd.Browsing;

/// <summary>A machine without Chromium is told so; the browser tests do not pass by being left out.</summary>
public sealed class ChromiumTests
{
    [Fact]
    public void Given_no_browser_on_the_path_When_it_is_looked_for_Then_one_sentence_says_what_to_install()
    {
        var empty = Directory.CreateTempSubdirectory();
        try
        {
            Should.Throw<InvalidOperationException>(() => Chromium.Find([empty.FullName])).Message.ShouldContain("apt-get install chromium");
        }
        finally
        {
            empty.Delete();
        }
    }
}
