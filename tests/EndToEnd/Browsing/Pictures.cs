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

    /// <summary>A page as it is seen at 360 and 1440 px, light and dark, as <c>docs/pictures/pages/{name}-{width}-{light or dark}.png</c>.</summary>
    public static async Task TakePageAsync(Window window, string name)
    {
        if (!AreWanted)
            return;

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "pictures", "pages")).FullName;
        foreach (var size in new[] { Size.Phone, Size.Desk })
        {
            await window.Page.SetViewportSizeAsync(size.Width, size.Height);
            foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.EmulateMediaAsync(new() { ColorScheme = colors });
                var path = Path.Combine(folder, $"{name}-{size.Width}-{(colors == ColorScheme.Dark ? "dark" : "light")}.png");
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
            }
        }
    }
}
