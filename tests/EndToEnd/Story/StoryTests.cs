using EndToEnd.Browsing;
using EndToEnd.Phone;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>The whole story through the real pages: an owner on her phone buys two modules, a customer is answered by both.</summary>
[Collection(BrowserTests.Name)]
public sealed class StoryTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    private const string LinAtLine = "lin@qinghe.example";
    private static readonly Size PictureSize = new(1280, 860);

    [Fact]
    public async Task Given_an_owner_and_her_account_When_she_takes_two_free_modules_Then_a_customer_is_answered_by_one_and_then_by_a_person_and_then_by_the_one_again()
    {
        await using var owner = await browser.OpenAsync(Size.Phone);
        await using var customer = await browser.OpenAsync(Size.Phone);
        await using var staff = await browser.OpenAsync(Size.Desk);
        var botId = await BuyKeywordReplyAsync(owner);
        await BuyLiveDeskAsync(owner, botId);

        var phone = new PhonePage(customer);
        await phone.OpenAsync(marketplace.Sandbox, "meiling", botId);
        await phone.AddFriendAsync();
        await phone.WriteAsync("請問營業時間？");
        await Expect(phone.Bubbles("account").Filter(new() { HasText = "10:00" }).First).ToBeVisibleAsync();

        await phone.WriteAsync("我要找真人");
        var desk = new DeskPage(staff);
        await desk.OpenAsync(marketplace.LiveDesk);
        await Expect(desk.Chats.First).ToBeVisibleAsync();
        await desk.AnswerAsync("您好，我是店裡的小青，請問要預約哪一天？");
        await Expect(phone.Bubbles("account").Filter(new() { HasText = "我是店裡的小青" })).ToBeVisibleAsync();
        await Pictures.TakeAsync(customer, "phone-timeline", PictureSize);

        await desk.GiveBackAsync();
        await Expect(phone.Steps.Filter(new() { HasText = "交還對話" }).First).ToBeAttachedAsync();
        var answered = await phone.Bubbles("account").CountAsync();
        await phone.WriteAsync("地址在哪裡？");
        await Expect(phone.Bubbles("account")).Not.ToHaveCountAsync(answered);
        foreach (var window in new[] { owner, customer, staff })
            window.ShouldBeWithoutErrors();
    }

    /// <returns>The Bot ID of the account that she connected.</returns>
    private async Task<string> BuyKeywordReplyAsync(Window owner)
    {
        var pages = new BuyerPages(owner, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await Pictures.TakeAsync(owner, "portal-catalog", PictureSize);
        await pages.FindAsync("營業時間", "keyword-reply");
        await Pictures.TakeAsync(owner, "portal-listing", PictureSize);
        await pages.TakeFreePlanAsync("lin");
        await pages.ConsentAtLineAsync(LinAtLine, "青禾髮廊");
        await pages.ConfirmAsync();
        await pages.LookAtSetUpAsync("青禾髮廊");
        await pages.TurnOnAsync("keyword-reply");

        var botId = (await owner.Hook("account-card").GetAttributeAsync("data-bot-id"))!;
        await Expect(pages.Module(botId, "keyword-reply")).ToHaveAttributeAsync("data-state", "on");
        await Expect(pages.Module(botId, "keyword-reply")).ToHaveAttributeAsync("data-first", "true");
        return botId;
    }

    private async Task BuyLiveDeskAsync(Window owner, string botId)
    {
        var pages = new BuyerPages(owner, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await pages.FindAsync("真人客服", "live-desk");
        await pages.TakeFreePlanAsync("lin");
        await pages.UseConnectedAccountAsync(botId);
        await pages.ConfirmAsync();
        await pages.TurnOnAsync(answersFirst: null);
        await Expect(pages.Module(botId, "live-desk")).ToHaveAttributeAsync("data-state", "on");
        await Expect(pages.Module(botId, "live-desk")).ToHaveAttributeAsync("data-first", "false");
        await Pictures.TakeAsync(owner, "my-accounts", PictureSize);
    }
}
