using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Portal.Identity;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Identity;

/// <summary>Ways into somebody else's account or company that were tried and must not lead there.</summary>
public sealed class TakeoverTests : IAsyncLifetime
{
    private const string Victim = "victim@example.com";
    private const string Friend = "friend@example.com";
    private const string Members = "/o/qinglan-hair/members";
    private ConsoleHost _console = null!;

    private PortalHost Portal => _console.Portal;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_request_that_names_another_host_When_it_asks_for_a_reset_Then_the_mailed_link_leads_to_us()
    {
        using var victim = await SignUpAsync(Victim);
        await Portal.Post.NextAsync(Victim);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var address = new Uri(Portal.Address, "/sign-in/forgot");
        var form = new Page(address, HttpStatusCode.OK, await http.GetStringAsync(address));
        using var request = form.FormOf("forgot-go")!.Submit(form, Portal.Address, "forgot-go", [("Email", Victim)]);
        request.Headers.Host = "evil.example";

        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var letter = await Portal.Post.NextAsync(Victim);
        letter.Text.ShouldContain(new Uri(Portal.Address, "/sign-in/reset?token=").AbsoluteUri);
        (letter.Text + letter.Html).ShouldNotContain("evil.example");
    }

    [Fact]
    public async Task Given_a_mail_server_and_no_public_address_When_the_portal_starts_Then_it_does_not_and_says_what_is_missing()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => PortalHost.StartAsync(also: builder =>
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Mail:Smtp:Host"] = "127.0.0.1" })));

        refused.Message.ShouldContain("Portal:PublicUrl");
    }

    [Fact]
    public async Task Given_somebody_who_signed_up_with_a_strangers_address_When_the_stranger_follows_the_mail_Then_the_address_is_not_proved()
    {
        using var attacker = await SignUpAsync(Victim);
        var link = (await Portal.Post.NextAsync(Victim)).Link;
        using var stranger = Portal.NewBrowser();
        (await stranger.OpenAsync(link)).Has("confirm").ShouldBeFalse();

        var other = await Buyer.NewAsync(Portal, "Other");
        (await other.Browser.OpenAsync(link)).Has("confirm-dead").ShouldBeTrue();
        await other.Browser.PostAsync(link, await other.Browser.OpenAsync("/account/security"), ("_handler", "confirm"));

        (await Portal.InDatabaseAsync(db => db.Set<Credentials>().CountAsync(row => row.EmailConfirmed))).ShouldBe(0);
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("role")]
    public async Task Given_an_owner_who_invited_a_friend_When_they_are_removed_or_lose_the_right_Then_the_friends_link_is_dead(string how)
    {
        var second = await _console.MemberAsync(Role.Owner);
        await second.Browser.PressAsync(await second.Browser.OpenAsync(Members), "invite", ("email", Friend), ("role", "Owner"));
        var link = (await Portal.Post.NextAsync(Friend)).Link;
        var person = await Portal.InDatabaseAsync(db => db.Set<Invitation>().Select(row => row.InvitedBy).SingleAsync());

        (await _console.Owner.Browser.PostAsync($"{Members}/{how}", await _console.Owner.Browser.OpenAsync(Members), ("person", person.ToString()), ("role", "Viewer"))).Has("said").ShouldBeTrue();

        await ShouldNotOpenAsync(link);
    }

    [Fact]
    public async Task Given_a_company_with_an_open_invitation_When_it_is_closed_Then_nobody_enters_by_it()
    {
        await _console.PressAsync("detach-confirm-keyword-reply");
        await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync(Members), "invite", ("email", Friend), ("role", "Owner"));
        var link = (await Portal.Post.NextAsync(Friend)).Link;

        await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/leave"), "close", ("name", "Qinglan Hair"));

        (await Portal.InDatabaseAsync(db => db.Memberships.CountAsync())).ShouldBe(0);
        await ShouldNotOpenAsync(link);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/account/confirm/send")]
    public async Task Given_a_caller_with_a_whole_network_of_addresses_When_they_send_many_forms_Then_they_are_counted_as_one(string path)
    {
        await Portal.RestartAsync(("Identity:FormsPerMinute", "3"), ("Portal:Proxies:0", "127.0.0.1"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        for (var host = 1; host <= 3; host++)
            (await PostFromAsync($"2001:db8:1:2::{host}")).ShouldNotBe(HttpStatusCode.TooManyRequests);

        (await PostFromAsync("2001:db8:1:2:ffff::4")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await PostFromAsync("2001:db8:1:3::1")).ShouldNotBe(HttpStatusCode.TooManyRequests, "Another network is somebody else.");

        async Task<HttpStatusCode> PostFromAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Portal.Address, path)) { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private async Task ShouldNotOpenAsync(string link)
    {
        var friend = await Buyer.NewAsync(Portal, "Friend");
        (await friend.Browser.OpenAsync(link)).Has("invitation-dead").ShouldBeTrue();
        await friend.Browser.PostAsync($"{link}/accept", await friend.Browser.OpenAsync("/account/security"));
        (await friend.Browser.OpenAsync(Members)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<Browser> SignUpAsync(string email)
    {
        var browser = Portal.NewBrowser();
        await browser.PressAsync(await browser.OpenAsync("/sign-in"), "sign-up", ("Input.Name", "Somebody"), ("Input.Email", email), ("Input.Passphrase", Buyer.Passphrase));
        return browser;
    }
}
