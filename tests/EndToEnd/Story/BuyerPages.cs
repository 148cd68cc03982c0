using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>The portal as a shop owner goes through it, and LINE's own pages in between.</summary>
internal sealed class BuyerPages(Window window, Uri portal)
{
    private IPage Page => window.Page;

    private ILocator Listings => Page.Locator("[data-testid^=listing-]");

    public Task OpenCatalogAsync() => Page.GotoAsync(new Uri(portal, "/?culture=zh-TW").ToString());

    /// <summary>Finds a module by words that a shop would use, among others that are not found, and opens its listing.</summary>
    public async Task FindAsync(string words, string slug)
    {
        var all = await Listings.CountAsync();
        await window.Hook("catalog-search").FillAsync(words);
        await window.Hook("catalog-search").PressAsync("Enter");
        await Expect(Listings).Not.ToHaveCountAsync(all);
        await window.Hook($"listing-{slug}").ClickAsync();
        await Expect(window.Hook("get-free")).ToBeVisibleAsync();
    }

    /// <summary>From the listing to the question which account: plan, and the sign-in where nobody is signed in yet.</summary>
    public async Task TakeFreePlanAsync(string person)
    {
        await window.Hook("get-free").ClickAsync();
        await window.Hook("plan-continue").ClickAsync();
        var signIn = window.Hook($"sign-in-{person}");
        var choice = window.Hook("account-connect");
        await Expect(signIn.Or(choice).First).ToBeVisibleAsync();
        if (await signIn.CountAsync() > 0)
            await signIn.ClickAsync();
        await Expect(choice).ToBeVisibleAsync();
    }

    /// <summary>Connects an account at LINE: signs in there as the manager, leaves all permissions ticked, and links.</summary>
    public async Task ConsentAtLineAsync(string managerEmail, string accountName)
    {
        await window.Hook("account-connect").ClickAsync();
        await Page.Locator($"button[name=demo][value='{managerEmail}']").ClickAsync();
        await Page.GetByRole(AriaRole.Radio, new() { NameRegex = new(accountName) }).CheckAsync();
        await Page.Locator("button[name=decision][value=link]").ClickAsync();
    }

    /// <summary>Takes an account that is connected already.</summary>
    public async Task UseConnectedAccountAsync(string botId)
    {
        await window.Hook($"account-{botId}").CheckAsync();
        await window.Hook("account-continue").ClickAsync();
    }

    /// <summary>Reads the review, confirms, and stands on the module's own page, in set-up.</summary>
    public async Task ConfirmAsync()
    {
        await window.Hook("review-confirm").ClickAsync();
        await Expect(window.Hook("module-page")).ToHaveAttributeAsync("data-state", "inSetUp");
    }

    /// <summary>Opens the module's set-up page, which is the partner's own, and checks that it shows this.</summary>
    public async Task LookAtSetUpAsync(string expected)
    {
        var opened = await Page.RunAndWaitForPopupAsync(() => window.Hook("set-up-open").ClickAsync());
        await Expect(opened.Locator("body")).ToContainTextAsync(expected);
        await opened.CloseAsync();
    }

    /// <summary>Turns the module on, after choosing who answers first where the owner has that choice, and is back in My accounts.</summary>
    public async Task TurnOnAsync(string? answersFirst)
    {
        if (answersFirst is not null)
            await window.Hook($"answers-first-{answersFirst}").CheckAsync();
        await window.Hook("turn-on").ClickAsync();
        await Expect(window.Hook("accounts")).ToBeVisibleAsync();
    }

    public ILocator Module(string botId, string slug) => Page.Locator($"[data-testid=account-card][data-bot-id={botId}]").GetByTestId($"module-{slug}");
}
