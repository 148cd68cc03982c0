using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;
using ModuleGateway.Control;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>LINE's list of bots heals what no webhook told. A gateway of its own for each test: a list speaks of all accounts.</summary>
public sealed class BotListTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_account_that_LINE_lists_and_no_webhook_told_of_When_an_hour_has_passed_Then_it_is_attached_with_the_scopes_that_every_consent_asks()
    {
        var shop = await _gateway.NewShopAsync(attached: false);
        var module = await shop.LinkAsync(answersFirst: true);
        Lists(shop);
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(61));
        ((string?)(await module.Module.NextAsync("module"))["module"]!["type"]).ShouldBe("attached");
        (await StateAsync(shop)).ShouldBe("attached");
        (await AccountAsync(shop)).Scopes.ShouldBe(Scopes.Base);
        await shop.WriteAsync("alice", "hello");
        await module.Module.NextAsync("message");
    }

    [Fact]
    public async Task Given_an_attached_account_that_LINE_does_not_list_When_compared_Then_it_is_detached_with_all_consequences()
    {
        var shop = await _gateway.NewShopAsync();
        var other = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        Lists(other);
        await CompareAsync();

        while ((string?)(await module.Module.NextAsync("module"))["module"]!["type"] != "detached")
        {
        }

        ((await StateAsync(shop)), await StateAsync(other)).ShouldBe(("detached", "attached"));
        (await module.PushAsync(alice, "still there?")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["openChats"]!.AsArray().ShouldBeEmpty();
        (await CompareAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_known_account_When_the_list_heals_its_attach_Then_it_has_the_scopes_that_it_had()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        var before = (await AccountAsync(shop)).Scopes;
        Lists();
        await CompareAsync();
        (await StateAsync(shop)).ShouldBe("detached");
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        Lists(shop);
        await CompareAsync();
        (await StateAsync(shop)).ShouldBe("attached");
        (await AccountAsync(shop)).Scopes.ShouldBe(before);
    }

    [Fact]
    public async Task Given_a_list_on_its_way_When_an_account_is_attached_meanwhile_Then_the_list_does_not_undo_it()
    {
        var shop = await _gateway.NewShopAsync(attached: false);
        Lists();
        _gateway.Line.AnswerLater = call => call.Path == "/v2/bot/list" ? AttachAsync() : Task.CompletedTask;
        (await CompareAsync()).ShouldBe(0);
        (await StateAsync(shop)).ShouldBe("attached");

        async Task AttachAsync()
        {
            await shop.AttachAsync();
            await _gateway.RouteAsync();
        }
    }

    [Fact]
    public async Task Given_a_list_on_its_way_When_an_account_is_detached_meanwhile_Then_the_list_does_not_attach_it_again()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        Lists(shop);
        _gateway.Line.AnswerLater = call => call.Path == "/v2/bot/list" ? DetachAsync() : Task.CompletedTask;
        (await CompareAsync()).ShouldBe(0);
        (await StateAsync(shop)).ShouldBe("detached");

        async Task DetachAsync()
        {
            await shop.PostAsync(new JsonObject { ["type"] = "module", ["module"] = new JsonObject { ["type"] = "detached", ["botId"] = shop.Bot.ToString() }, ["mode"] = "active" });
            await _gateway.RouteAsync();
        }
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(403, """{"message":"Access to this API is not available for your account"}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "not JSON")]
    public async Task Given_a_list_that_LINE_refuses_or_garbles_When_compared_Then_nothing_changes(int status, string body)
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        _gateway.Line.Answer = call => call.Path == "/v2/bot/list" ? (status, body) : null;
        (await CompareAsync()).ShouldBeNull();
        (await StateAsync(shop)).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_a_list_of_several_pages_When_one_of_them_is_refused_Then_nothing_changes_and_when_all_come_each_account_counts()
    {
        var first = await _gateway.NewShopAsync();
        var second = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        var isRefused = true;
        _gateway.Line.Answer = call => call.Path != "/v2/bot/list" ? null : !call.Query.Contains("start=more", StringComparison.Ordinal) ? (200, List(next: "more", first)) : isRefused ? (400, """{"message":"Invalid start param"}""") : (200, List(next: null, second));
        (await CompareAsync()).ShouldBeNull();
        isRefused = false;
        (await CompareAsync()).ShouldBe(0);
        (await StateAsync(second)).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_a_suspended_account_and_one_on_its_own_channel_When_LINE_does_not_list_them_Then_they_stay()
    {
        var suspended = await _gateway.NewShopAsync();
        await suspended.PostAsync(new JsonObject { ["type"] = "botSuspended", ["mode"] = "active" });
        var own = await _gateway.NewOwnChannelShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        Lists();
        (await CompareAsync()).ShouldBe(0);
        ((await StateAsync(suspended)), await StateAsync(own)).ShouldBe(("suspended", "attached"));
    }

    [Fact]
    public async Task Given_two_comparisons_of_one_list_When_both_heal_Then_the_module_is_told_once()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(11));
        Lists();
        await Task.WhenAll(CompareAsync(), CompareAsync());
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        module.Module.All.SelectMany(got => got.Events).Count(one => (string?)one["module"]?["type"] == "detached").ShouldBe(1);
    }

    private Task<int?> CompareAsync() => _gateway.Services.GetRequiredService<BotListWorker>().CompareAsync(CancellationToken.None);

    private void Lists(params Shop[] shops) => _gateway.Line.Answer = call => call.Path == "/v2/bot/list" ? (200, List(null, shops)) : null;

    private static string List(string? next, params Shop[] shops)
    {
        var list = new JsonObject { ["bots"] = new JsonArray([.. shops.Select(shop => (JsonNode)new JsonObject { ["userId"] = shop.Bot.ToString(), ["basicId"] = "@shop", ["displayName"] = "A shop" })]) };
        if (next is not null)
            list["next"] = next;
        return list.ToJsonString();
    }

    private async Task<string?> StateAsync(Shop shop) => (string?)(await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"];

    private async Task<AccountRow> AccountAsync(Shop shop) => (await _gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Account(shop.Bot)))!;
}
