using EndToEnd.Browsing;
using EndToEnd.Phone;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>A customer links her account at the shop's member service with LINE: phone, member page, LINE's dialog, phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccountLinkTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    private const string LinAtLine = "lin@qinghe.example";
    private const string Keywords = "Keyword Reply", Desk = "Live Desk";

    [Fact]
    public async Task Given_two_modules_of_an_account_When_a_customer_signs_in_at_the_member_page_of_one_Then_only_her_own_consent_at_LINE_links_her_and_the_other_module_hears_nothing_of_it()
    {
        await using var owner = await browser.OpenAsync(Size.Phone);
        await using var customer = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(customer);
        await phone.OpenAsync(marketplace.Sandbox, "meiling", await TakeBothModulesAsync(owner));
        await phone.AddFriendAsync();

        // Somebody else opens her link.
        var others = await SignInAsMemberAsync(customer, phone);
        await others.Page.GetByText("拿著手機的是別人").ClickAsync();
        await others.Page.Locator("button[name=person][value=alex]").ClickAsync();
        await Expect(others.Hook("account-link-failed")).ToContainTextAsync("不是收到連結的人");
        await others.Page.CloseAsync();
        await Expect(phone.Delivered(Keywords, "accountLink")).ToHaveCountAsync(1);
        await SaysAsync(phone, "取消連結", "您還沒有連結會員帳號");

        // She herself.
        var own = await SignInAsMemberAsync(customer, phone);
        await Expect(own.Hook("account-link-agree")).ToHaveTextAsync("同意，我是 陳美玲");
        await own.ShouldFitFingersAsync();
        await own.Hook("account-link-agree").ClickAsync();
        await Expect(own.Hook("account-link-done")).ToContainTextAsync("連結完成");
        await own.Page.CloseAsync();
        await Expect(phone.Bubbles("account").Last).ToContainTextAsync("王美玲，您好！");
        await Expect(phone.Delivered(Keywords, "accountLink")).ToHaveCountAsync(2);

        // Deliveries of one chat arrive in order: what stands there when the desk has these words is all that it got.
        await SaysAsync(phone, "取消連結", "已取消連結");
        await Expect(phone.Delivered(Desk, "message").Filter(new() { HasText = "取消連結" })).ToHaveCountAsync(2);
        await Expect(phone.Delivered(Desk, "accountLink")).ToHaveCountAsync(0);
        foreach (var window in new[] { owner, customer })
            window.ShouldBeWithoutErrors();
    }

    private static async Task SaysAsync(PhonePage phone, string words, string answer)
    {
        await phone.WriteAsync(words);
        await Expect(phone.Bubbles("account").Last).ToContainTextAsync(answer);
    }

    /// <returns>The Bot ID of the account.</returns>
    private async Task<string> TakeBothModulesAsync(Window owner)
    {
        var pages = new BuyerPages(owner, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await pages.FindAsync("營業時間", "keyword-reply");
        await pages.TakeFreePlanAsync("lin");
        await pages.ConsentAtLineAsync(LinAtLine, "青禾髮廊");
        await pages.ConfirmAsync();
        await pages.TurnOnAsync("keyword-reply");
        var botId = await marketplace.BotIdAsync("青禾髮廊");
        await pages.OpenCatalogAsync();
        await pages.FindAsync("真人客服", "live-desk");
        await pages.TakeFreePlanAsync("lin");
        await pages.UseConnectedAccountAsync(botId);
        await pages.ConfirmAsync();
        await pages.TurnOnAsync(answersFirst: null);
        return botId;
    }

    /// <summary>Says the word on the phone, presses the link, tries a wrong PIN and then the right one, and goes on.</summary>
    /// <returns>LINE's dialog, in the tab that the link opened.</returns>
    private static async Task<Window> SignInAsMemberAsync(Window customer, PhonePage phone)
    {
        var invitations = phone.Bubbles("account", "template");
        var before = await invitations.CountAsync();
        await phone.WriteAsync("會員");
        await Expect(invitations).ToHaveCountAsync(before + 1);
        var link = invitations.Last.GetByTestId("template-action");
        var tab = new Window(customer.Page.Context, await customer.Page.RunAndWaitForPopupAsync(() => link.ClickAsync()));
        await tab.Page.GetByLabel("會員").SelectOptionAsync("mei");
        await tab.Page.GetByLabel("密碼").FillAsync("0000");
        await tab.Hook("member-sign-in").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("會員或密碼不對");
        await tab.ShouldFitFingersAsync();
        await tab.Page.GetByLabel("會員").SelectOptionAsync("mei");
        await tab.Page.GetByLabel("密碼").FillAsync("2468");
        await tab.Hook("member-sign-in").ClickAsync();
        await tab.Hook("to-line").ClickAsync();
        await Expect(tab.Hook("account-link-agree")).ToBeVisibleAsync();
        return tab;
    }
}
