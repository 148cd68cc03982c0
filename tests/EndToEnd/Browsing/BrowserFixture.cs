using Microsoft.Playwright;

namespace EndToEnd.Browsing;

/// <summary>One Chromium for all browser tests; each test opens windows of its own in it and shares no cookie with another.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>The longest wait for anything on a page. Generous: several builds may share the machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        var executable = Chromium.Find();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Chromium.Arguments });
    }

    /// <summary>A fresh window.</summary>
    public async Task<Window> OpenAsync(Size size, string language = "zh-TW", ColorScheme colors = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = size.Width, Height = size.Height },
            Locale = language,
            ColorScheme = colors,
            TimezoneId = "Asia/Taipei",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return new Window(context, await context.NewPageAsync());
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
