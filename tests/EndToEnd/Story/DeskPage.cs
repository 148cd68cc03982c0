using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>The live desk's page, as the one who sits at it uses it.</summary>
internal sealed class DeskPage(Window window)
{
    public ILocator Chats => window.Page.Locator("#chats button.chat");

    private ILocator Draft => window.Page.Locator("#draft");

    public Task OpenAsync(Uri liveDesk) => window.Page.GotoAsync(new Uri(liveDesk, "/desk").ToString());

    /// <summary>Opens the newest chat, which the desk holds by now, and writes.</summary>
    public async Task AnswerAsync(string words)
    {
        await Chats.First.ClickAsync();
        await Expect(Draft).ToBeEnabledAsync();
        await Draft.FillAsync(words);
        await window.Page.Locator("#send").ClickAsync();
    }

    /// <summary>Releases the chat; afterwards the desk can read it and not write.</summary>
    public async Task GiveBackAsync()
    {
        await window.Page.Locator("#control").ClickAsync();
        await Expect(Draft).ToBeDisabledAsync();
    }
}
