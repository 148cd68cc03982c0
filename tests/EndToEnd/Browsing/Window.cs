using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EndToEnd.Browsing;

/// <summary>A browser window with its own cookies. Remembers what its scripts complained of: a page that throws fails the test.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
    }

    public IPage Page { get; }

    /// <summary>The window's connection to everything, on or off.</summary>
    public Task SetOfflineAsync(bool offline) => _context.SetOfflineAsync(offline);

    public ILocator Hook(string testId) => Page.GetByTestId(testId);

    public void ShouldBeWithoutErrors() => _complaints.ShouldBeEmpty();

    /// <summary>Nothing stands out of the window to the side, and everything that can be pressed is at least 44 by 44 px.</summary>
    public async Task ShouldFitFingersAsync()
    {
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        var small = await Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, select, input, textarea')]
              .filter(control => control.checkVisibility({ visibilityProperty: true }))
              .map(control => control.matches('[type=radio], [type=checkbox]') ? control.closest('label') ?? control : control)
              .filter(control => { const box = control.getBoundingClientRect(); return box.width < 43.5 || box.height < 43.5; })
              .map(control => control.outerHTML.slice(0, 120))
            """);
        small.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
