using System.Net;

namespace Portal.Tests.Console;

/// <summary>What My accounts shows of the gateway's view, and what it does without one.</summary>
public sealed class GatewayViewTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("""{"at":"2026-03-01T01:02:03Z","status":200,"outcome":"delivered"}""", "works well")]
    [InlineData("""{"at":"2026-03-01T01:02:03Z","status":503,"outcome":"refused"}""", "does not answer")]
    [InlineData("""{"at":"2026-03-01T01:02:03Z","status":null,"outcome":"timedOut"}""", "does not answer")]
    [InlineData("null", "nothing to do yet")]
    public async Task Given_what_the_gateway_says_When_the_owner_looks_Then_health_and_messages_are_shown(string lastDelivery, string health)
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        _console.Portal.Gateway.Stands(_console.Bot, $$"""
            {"botId":"{{_console.Bot}}","epoch":1,"defaultLinkageId":"{{linkage}}",
             "linkages":[{"linkageId":"{{linkage}}","state":"on","messagesToday":1234,"owed":2,"lastDelivery":{{lastDelivery}} }],"openByHolder":[],"openChats":[]}
            """);

        var accounts = await _console.OpenAsync();

        accounts.TextOf("messages-today").ShouldBe("1,234");
        accounts.Text.ShouldContain(health);
    }

    [Fact]
    public async Task Given_a_module_that_detached_itself_When_the_owner_looks_Then_the_page_says_so_and_it_can_be_removed_but_not_paused()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        _console.Portal.Gateway.AppliedRevision = long.MaxValue;
        _console.Portal.Gateway.Stands(_console.Bot, Standing("on"));
        var before = await _console.OpenAsync();
        before.Has("left-keyword-reply").ShouldBeFalse();
        before.Has("pause-keyword-reply").ShouldBeTrue();

        _console.Portal.Gateway.Stands(_console.Bot, Standing("ended"));
        var accounts = await _console.OpenAsync();
        accounts.TextOf("left-keyword-reply").ShouldContain("detached itself from this account");
        accounts.TextOf("stack-sentence").ShouldNotContain("answers first.");
        accounts.Has("pause-keyword-reply").ShouldBeFalse();
        (await _console.Owner.Browser.PressAsync(accounts, "detach-confirm-keyword-reply")).Has("module-keyword-reply").ShouldBeFalse();

        string Standing(string state) => $$"""
            {"botId":"{{_console.Bot}}","epoch":1,"defaultLinkageId":"{{linkage}}",
             "linkages":[{"linkageId":"{{linkage}}","state":"{{state}}","messagesToday":0,"owed":0,"lastDelivery":null}],"openByHolder":[],"openChats":[]}
            """;
    }

    [Fact]
    public async Task Given_the_gateway_is_behind_When_the_owner_looks_Then_the_change_is_shown_as_pending_and_the_page_looks_again()
    {
        _console.Portal.Gateway.AppliedRevision = 0;
        var pending = await _console.OpenAsync();
        pending.TextOf("pending").ShouldBe("Taking effect…");
        pending.Html.ShouldContain("http-equiv=\"refresh\"");

        _console.Portal.Gateway.AppliedRevision = long.MaxValue;

        var applied = await _console.OpenAsync();
        applied.Has("pending").ShouldBeFalse();
        applied.Html.ShouldNotContain("http-equiv=\"refresh\"");
    }

    [Fact]
    public async Task Given_the_gateway_does_not_answer_When_the_owner_works_Then_the_page_says_so_and_everything_else_works()
    {
        _console.Portal.Gateway.Failing = 503;

        var accounts = await _console.OpenAsync();
        accounts.Status.ShouldBe(HttpStatusCode.OK);
        accounts.TextOf("gateway-away").ShouldContain("cannot be shown at the moment");

        var paused = await _console.Owner.Browser.PressAsync(accounts, "pause-confirm-keyword-reply");
        paused.AttributeOf("module-keyword-reply", "data-state").ShouldBe("paused");
    }
}
