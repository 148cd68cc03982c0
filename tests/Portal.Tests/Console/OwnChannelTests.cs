using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

/// <summary>What an owner does in My accounts with an account that is connected by a channel of its own.</summary>
public sealed class OwnChannelTests : IAsyncLifetime
{
    private const string Channel = "1650000077";
    private const string Before = "https://before.example/webhook";
    private ConsoleHost _console = null!;

    public async Task InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        await _console.Portal.InDatabaseAsync(async db =>
        {
            (await db.Connections.SingleAsync(row => row.BotId == _console.Bot)).ChannelId = Line.ChannelId.Parse(Channel, null);
            return await db.SaveChangesAsync();
        });
        Stands($$"""{"channelId":"{{Channel}}","webhookUrlBefore":"{{Before}}"}""");
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_new_secret_at_LINE_When_the_owner_enters_it_Then_the_gateway_has_it_and_it_stands_in_no_page_and_in_no_audit_row()
    {
        var page = await _console.Owner.Browser.PressAsync(await _console.OpenAsync(), "channel-secret-confirm", ("secret", " the very secret "));

        page.TextOf("said").ShouldBe("The new channel secret is in use from now on.");
        page.Html.ShouldNotContain("the very secret");
        _console.Portal.Gateway.Secrets.ShouldBe([(Channel, "the very secret")]);
        var row = await AuditAsync("account.secretReplaced");
        (row.Before + row.After).ShouldNotContain("secret", Case.Insensitive);
    }

    [Theory]
    [InlineData("wrongSecret", "LINE does not take this secret")]
    [InlineData("otherAccount", "LINE does not take this secret")]
    [InlineData("lineAway", "cannot be done at the moment")]
    public async Task Given_a_secret_that_LINE_does_not_take_When_the_owner_enters_it_Then_one_sentence_says_so_and_nothing_is_in_the_audit_log(string fault, string said)
    {
        _console.Portal.Gateway.ChannelFault = fault;
        var page = await _console.Owner.Browser.PressAsync(await _console.OpenAsync(), "channel-secret-confirm", ("secret", "wrong"));

        page.TextOf("said").ShouldContain(said);
        (await _console.Portal.InDatabaseAsync(db => db.Set<Portal.Audit.AuditRow>().CountAsync(row => row.Action == "account.secretReplaced"))).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_account_by_its_own_channel_When_the_owner_disconnects_it_Then_the_page_has_said_before_what_that_changes_and_the_gateway_does_it()
    {
        var accounts = await _console.OpenAsync();
        accounts.Text.ShouldContain("From then on no module hears or says anything in this account.");
        accounts.TextOf("channel-url-before").ShouldBe(Before);
        _console.Portal.Gateway.ChannelsRemoved.ShouldBeEmpty();

        var page = await _console.Owner.Browser.PressAsync(accounts, "channel-disconnect-confirm");

        page.TextOf("said").ShouldStartWith("The account is disconnected.");
        _console.Portal.Gateway.ChannelsRemoved.ShouldBe([Channel]);
        (await AuditAsync("account.channelDisconnected")).Before!.ShouldContain(Channel);
    }

    [Fact]
    public async Task Given_no_address_from_before_When_the_owner_looks_Then_the_page_says_that_ours_stays_at_LINE()
    {
        Stands($$"""{"channelId":"{{Channel}}","webhookUrlBefore":null}""");
        var accounts = await _console.OpenAsync();
        accounts.Text.ShouldContain("ours stays at LINE, without effect");
        accounts.Has("channel-url-before").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_an_account_by_consent_When_the_owner_looks_Then_there_is_no_channel_to_care_for()
    {
        Stands("null");
        (await _console.OpenAsync()).Has("own-channel").ShouldBeFalse();
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Billing)]
    [InlineData(Role.Developer)]
    public async Task Given_a_role_that_does_not_connect_accounts_When_its_member_looks_or_posts_all_the_same_Then_nothing_is_offered_and_nothing_done(Role role)
    {
        var page = await _console.OpenAsync();
        var member = await _console.MemberAsync(role);
        var own = await member.Browser.OpenAsync(ConsoleHost.Accounts);
        own.Has("own-channel").ShouldBeFalse();

        var account = (await _console.AccountAsync()).Id;
        foreach (var what in new[] { "secret", "disconnect" })
            (await member.Browser.PostAsync($"{ConsoleHost.Accounts}/{account}/channel/{what}", page, ("secret", "s"))).Status.ShouldNotBe(HttpStatusCode.OK);
        (_console.Portal.Gateway.Secrets.Count, _console.Portal.Gateway.ChannelsRemoved.Count).ShouldBe((0, 0));
    }

    private void Stands(string ownChannel) => _console.Portal.Gateway.Stands(
        _console.Bot, $$"""{"botId":"{{_console.Bot}}","epoch":1,"defaultLinkageId":null,"ownChannel":{{ownChannel}},"linkages":[],"openByHolder":[],"openChats":[]}""");

    private Task<Portal.Audit.AuditRow> AuditAsync(string action) => _console.Portal.InDatabaseAsync(db => db.Set<Portal.Audit.AuditRow>().AsNoTracking().SingleAsync(row => row.Action == action));
}
