using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using KeywordReply;
using Modules.Tests.Platform;

namespace Modules.Tests.KeywordReply;

public sealed partial class MemberTests : IAsyncLifetime
{
    private readonly string _alice = Events.NewUser();
    private FakePlatform _platform = null!;
    private ModuleUnderTest _module = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakePlatform.StartAsync();
        _module = await new ModuleUnderTest(KeywordReplyApp.Build, _platform, ("Module:PublicUrl", "http://member.example")).StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _module.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_customer_who_asks_for_membership_When_she_signs_in_and_LINE_says_ok_Then_she_is_greeted_by_her_members_name()
    {
        (await SayAsync("會員")).Body.ShouldContain($"http://member.example/member?bot={FakePlatform.Bot}");

        var line = await SignInAsync("mei", "2468");
        line.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(_platform.Origin, "/dialog/bot/accountLink").ToString());
        var query = HttpUtility.ParseQueryString(line.Query);
        query["linkToken"].ShouldBe("a-link-token/+=");
        (await HearAsync(Events.AccountLink(_alice, query["nonce"]!, _platform.NewReplyToken()))).Text.ShouldContain("王美玲");
        (await SayAsync("會員")).Text.ShouldContain("王美玲");

        (await SayAsync("取消連結")).Text.ShouldContain("已取消");
        (await SayAsync("會員")).Body.ShouldContain("/member?bot=");
    }

    [Fact]
    public async Task Given_a_nonce_that_was_used_or_made_up_When_another_user_comes_with_it_Then_they_are_not_linked()
    {
        var nonce = HttpUtility.ParseQueryString((await SignInAsync("mei", "2468")).Query)["nonce"]!;
        await HearAsync(Events.AccountLink(_alice, nonce, _platform.NewReplyToken()));
        var bob = Events.NewUser();
        await _module.SendAsync(Events.AccountLink(bob, nonce, _platform.NewReplyToken()), Events.AccountLink(bob, "made-up-nonce", _platform.NewReplyToken()));
        (await SayAsync("會員", bob)).Body.ShouldContain("/member?bot=");
        (await SayAsync("會員")).Text.ShouldContain("王美玲");
    }

    [Fact]
    public async Task Given_a_wrong_pin_or_an_address_that_is_none_When_the_page_is_used_Then_it_says_so_and_leads_nowhere()
    {
        using (var wrong = await PostAsync("mei", "0000"))
        {
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await wrong.Content.ReadAsStringAsync()).ShouldNotContain("accountLink");
        }

        (await _module.Http.GetAsync(new Uri(_module.Origin, "/member"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await _module.Http.GetStringAsync(new Uri(_module.Origin, $"/member?bot={FakePlatform.Bot}&linkToken={Uri.EscapeDataString("\"><script>")}"));
        page.ShouldNotContain("\"><script>");
    }

    private async Task<Uri> SignInAsync(string member, string pin)
    {
        using var answer = await PostAsync(member, pin);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Uri(WebUtility.HtmlDecode(Link().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value));
    }

    private Task<HttpResponseMessage> PostAsync(string member, string pin) => _module.Http.PostAsync(new Uri(_module.Origin, "/member"), new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["bot"] = FakePlatform.Bot.ToString(), ["linkToken"] = "a-link-token/+=", ["member"] = member, ["pin"] = pin,
    }));

    private Task<PlatformCall> SayAsync(string text, string? user = null) => HearAsync(Events.Text(user ?? _alice, text, _platform.NewReplyToken()));

    /// <summary>What is replied to an event.</summary>
    private async Task<PlatformCall> HearAsync(string webhook)
    {
        var before = _platform.Calls.All.Count(IsReply);
        (await _module.SendAsync(webhook)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await _platform.Calls.WaitAsync(IsReply, before + 1))[before];
    }

    private static bool IsReply(PlatformCall call) => call.Path.EndsWith("/reply", StringComparison.Ordinal);

    [GeneratedRegex("data-testid=\"to-line\" href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
