using EndToEnd.Browsing;
using Microsoft.Playwright;

namespace EndToEnd.Phone;

/// <summary>The phone as a person handles it.</summary>
internal sealed class PhonePage(Window window)
{
    public ILocator Log => window.Hook("chat-log");

    public ILocator Text => window.Hook("composer-text");

    public ILocator Steps => window.Hook("timeline-entry");

    /// <summary>Changes of hands in the side panel.</summary>
    public ILocator HandOvers => window.Page.Locator("[data-testid=timeline-entry][data-kind=moved]");

    /// <summary>The side panel's word on who answers in the open chat.</summary>
    public ILocator AnswersNow => window.Hook("answers-now");

    /// <summary>What the side panel says of a module's copies of one type of event.</summary>
    public ILocator Delivered(string module, string eventType) =>
        window.Page.Locator("[data-testid=timeline-entry][data-kind=delivered]").Filter(new() { HasText = module }).Filter(new() { HasText = eventType });

    /// <summary>Bubbles of one side ("person", "account"), and of one type of message where that is given.</summary>
    public ILocator Bubbles(string from, string? type = null) =>
        window.Page.Locator($"[data-testid=bubble][data-from={from}]{(type is null ? "" : $"[data-type={type}]")}");

    public Task OpenAsync(Uri origin, string person, string botId, string language = "zh-TW") =>
        window.Page.GotoAsync(new Uri(origin, $"/phone?as={person}&oa={botId}&lang={language}").ToString());

    /// <summary>Adds the account whose chat is open, and is done when something can be written to it.</summary>
    public async Task AddFriendAsync()
    {
        await window.Hook("add-friend").ClickAsync();
        await Text.WaitForAsync();
    }

    public async Task WriteAsync(string text)
    {
        await Text.FillAsync(text);
        await window.Hook("composer-send").ClickAsync();
    }
}
