using EndToEnd.Browsing;
using EndToEnd.Phone;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>An owner on her phone connects an account that LINE does not offer for consent, by the id and secret of its own channel.</summary>
[Collection(BrowserTests.Name)]
public sealed class OwnChannelTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    private const string Account = "雲腳咖啡";

    [Fact]
    public async Task Given_an_account_with_a_channel_of_its_own_When_its_owner_copies_id_and_secret_from_LINEs_console_Then_the_module_she_takes_answers_its_customers()
    {
        await using var console = await browser.OpenAsync(Size.Phone);
        await using var owner = await browser.OpenAsync(Size.Phone);
        await using var customer = await browser.OpenAsync(Size.Phone);
        await console.Page.GotoAsync(new Uri(marketplace.Sandbox, "/sandbox/channels").ToString());
        var channel = console.Page.GetByRole(AriaRole.Region, new() { NameRegex = new(Account) });
        var id = await channel.GetByLabel("Channel ID").InputValueAsync();
        var secret = await channel.GetByLabel("Channel secret").InputValueAsync();
        var before = await channel.GetByLabel("Webhook URL").InputValueAsync();
        await console.ShouldFitFingersAsync();

        var pages = new BuyerPages(owner, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await pages.FindAsync("營業時間", "keyword-reply");
        await pages.TakeFreePlanAsync("lin");
        await owner.Page.Locator("details:has([data-testid=account-channel]) > summary").ClickAsync();
        await owner.Hook("account-channel").ClickAsync();
        await owner.ShouldFitFingersAsync();
        await owner.Hook("channel-id").FillAsync(id);
        await owner.Hook("channel-secret").FillAsync(secret + "x");
        await owner.Hook("channel-look").ClickAsync();
        await Expect(owner.Page.Locator("#channel-secret-error")).ToContainTextAsync("LINE 不認得");
        await Expect(owner.Hook("channel-secret")).ToHaveValueAsync("");
        await owner.Hook("channel-secret").FillAsync(secret);
        await owner.Hook("channel-look").ClickAsync();
        await Expect(owner.Hook("channel-account")).ToContainTextAsync(Account);
        await Expect(owner.Hook("channel-url-now")).ToHaveTextAsync(before);
        await owner.ShouldFitFingersAsync();
        await owner.Hook("channel-connect").ClickAsync();
        await Expect(owner.Hook("channel-url-before")).ToHaveTextAsync(before);
        await owner.ShouldFitFingersAsync();
        await owner.Hook("channel-continue").ClickAsync();
        await pages.ConfirmAsync();
        await pages.TurnOnAsync("keyword-reply");

        var phone = new PhonePage(customer);
        await phone.OpenAsync(marketplace.Sandbox, "meiling", await marketplace.BotIdAsync(Account));
        await phone.AddFriendAsync();
        await phone.WriteAsync("請問營業時間？");
        await Expect(phone.Bubbles("account").Filter(new() { HasText = "10:00" }).First).ToBeVisibleAsync();
        foreach (var window in new[] { console, owner, customer })
            window.ShouldBeWithoutErrors();
    }
}
