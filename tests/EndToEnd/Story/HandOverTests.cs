using EndToEnd.Browsing;
using EndToEnd.Phone;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>One chat goes from module to module, as a newcomer can follow it on the phone's side panel: tried, taken over by a word, run out.</summary>
[Collection(BrowserTests.Name)]
public sealed class HandOverTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    private const string LinAtLine = "lin@qinghe.example";
    private const string Keywords = "Keyword Reply", Desk = "Live Desk";

    [Fact]
    public async Task Given_a_module_that_answers_first_When_the_live_desk_takes_the_chat_by_the_customers_word_and_its_time_runs_out_Then_the_panel_tells_both_and_the_first_one_answers_again()
    {
        await using var owner = await browser.OpenAsync(Size.Phone);
        await using var customer = await browser.OpenAsync(Size.Desk);
        await using var staff = await browser.OpenAsync(Size.Desk);
        var pages = new BuyerPages(owner, marketplace.Portal);
        var phone = new PhonePage(customer);
        await BuyAsync(pages, "營業時間", "keyword-reply", () => pages.ConsentAtLineAsync(LinAtLine, "青禾髮廊"));

        // In set-up it answers the owner alone.
        var botId = await TryAsync(owner, phone);
        await owner.Hook("try-back").ClickAsync();
        await pages.TurnOnAsync("keyword-reply");
        await BuyAsync(pages, "真人客服", "live-desk", () => pages.UseConnectedAccountAsync(botId));
        await pages.TurnOnAsync(answersFirst: null);

        // By the customer's word.
        await phone.WriteAsync("我要找真人");
        await Expect(phone.HandOvers.Last).ToContainTextAsync("對話換手");
        await Expect(phone.HandOvers.Last.Locator(".chip.lost")).ToHaveTextAsync(Keywords);
        await Expect(phone.HandOvers.Last.Locator(".chip.gained")).ToHaveTextAsync(Desk);
        await Expect(phone.AnswersNow).ToContainTextAsync(Desk);
        var desk = new DeskPage(staff);
        await desk.OpenAsync(marketplace.LiveDesk);
        await Expect(desk.Chats.First).ToBeVisibleAsync();
        await desk.AnswerAsync("您好，請問要預約哪一天？");
        await Expect(phone.Bubbles("account").Filter(new() { HasText = "請問要預約哪一天" })).ToBeVisibleAsync();
        await OwnerSeesAsync(owner, "open-holder-live-desk");

        // Nobody does anything for an hour.
        await customer.Hook("let-an-hour-pass").ClickAsync();
        await Expect(phone.HandOvers.Last).ToContainTextAsync("時間到了");
        await Expect(phone.HandOvers.Last.Locator(".chip.gained")).ToHaveTextAsync(Keywords);
        await Expect(phone.AnswersNow).ToContainTextAsync(Keywords);

        var answered = await phone.Bubbles("account").CountAsync();
        await phone.WriteAsync("地址在哪裡？");
        await Expect(phone.Bubbles("account")).Not.ToHaveCountAsync(answered);
        await Expect(phone.Delivered(Keywords, "message").Last).ToContainTextAsync("可以回覆");
        await Expect(phone.Delivered(Desk, "message").Last).ToContainTextAsync("沒有回覆權杖");
        await OwnerSeesAsync(owner, "open-chats");
        foreach (var window in new[] { owner, customer, staff })
            window.ShouldBeWithoutErrors();
    }

    private static async Task BuyAsync(BuyerPages pages, string words, string slug, Func<Task> connect)
    {
        await pages.OpenCatalogAsync();
        await pages.FindAsync(words, slug);
        await pages.TakeFreePlanAsync("lin");
        await connect();
        await pages.ConfirmAsync();
    }

    /// <summary>From the page after the purchase: the code goes to the phone, and the module answers there before anybody turned it on.</summary>
    /// <returns>The Bot ID of the account.</returns>
    private async Task<string> TryAsync(Window owner, PhonePage phone)
    {
        await owner.Hook("try-open").ClickAsync();
        await owner.Hook("try-go").ClickAsync();
        var code = await owner.Hook("try-code").InnerTextAsync();
        var botId = await marketplace.BotIdAsync("青禾髮廊");
        await phone.OpenAsync(marketplace.Sandbox, "meiling", botId);
        await phone.AddFriendAsync();
        await phone.WriteAsync(code);
        await Expect(owner.Hook("try-taken")).ToBeVisibleAsync();
        await Expect(phone.AnswersNow).ToContainTextAsync(Keywords);
        await phone.WriteAsync("請問營業時間？");
        await Expect(phone.Bubbles("account").Filter(new() { HasText = "10:00" }).First).ToBeVisibleAsync();
        return botId;
    }

    private async Task OwnerSeesAsync(Window owner, string hook)
    {
        await owner.Page.ReloadAsync();
        await Expect(owner.Hook(hook).First).ToBeVisibleAsync();
    }
}
