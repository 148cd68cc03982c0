using Microsoft.Playwright;

namespace EndToEnd.Browsing;

/// <summary>The README's pictures. Taken only with <c>MARKETPLACE_PICTURES=1</c>, so that an ordinary run leaves the tree as it was.</summary>
internal static class Pictures
{
    private static readonly bool AreWanted = Environment.GetEnvironmentVariable("MARKETPLACE_PICTURES") == "1";

    /// <summary>Saves what the window shows at <paramref name="size"/> as <c>docs/pictures/{name}.png</c>; afterwards it has its own size again.</summary>
    public static async Task TakeAsync(Window window, string name, Size size)
    {
        if (!AreWanted)
            return;

        var path = Path.Combine(Repository.Root, "docs", "pictures", $"{name}.png");
        var own = window.Page.ViewportSize!;
        await window.Page.SetViewportSizeAsync(size.Width, size.Height);
        await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        await window.Page.SetViewportSizeAsync(own.Width, own.Height);
    }
}
