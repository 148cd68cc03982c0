using Microsoft.Playwright;

namespace EndToEnd.Browsing;

/// <summary>The README's pictures. Taken only with <c>MARKETPLACE_PICTURES=1</c>, so that an ordinary run leaves the tree as it was.</summary>
internal static class Pictures
{
    private static readonly bool AreWanted = Environment.GetEnvironmentVariable("MARKETPLACE_PICTURES") == "1";

    /// <summary>Saves what the window shows as <c>docs/pictures/{name}.png</c>.</summary>
    public static async Task TakeAsync(Window window, string name)
    {
        if (!AreWanted)
            return;

        var path = Path.Combine(Repository.Root, "docs", "pictures", $"{name}.png");
        await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }
}
