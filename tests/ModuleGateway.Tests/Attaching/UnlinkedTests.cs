using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>The connection is detached at LINE seven days after the last linkage ended.</summary>
public sealed class UnlinkedTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_the_last_linkage_ended_When_seven_days_have_passed_and_a_restart_Then_the_connection_is_detached_at_LINE_and_shown_so()
    {
        var shop = await _gateway.NewShopAsync();
        var (first, last) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await shop.SetStateAsync(first, LinkageState.Ended);
        await _gateway.AdvanceAsync(TimeSpan.FromDays(8));
        await shop.SetStateAsync(last, LinkageState.Ended); // The clock starts here.
        await _gateway.AdvanceAsync(TimeSpan.FromDays(6));
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        await NothingDetachedAsync();

        await _gateway.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
        await LookAsync();
        var detach = await _gateway.Line.CalledAsync(call => call.Path == "/v2/bot/channel/detach");
        ((string?)detach.Json["botId"]).ShouldBe(shop.Bot.ToString());
        await shop.PostAsync(new JsonObject { ["type"] = "module", ["module"] = new JsonObject { ["type"] = "detached", ["botId"] = shop.Bot.ToString() }, ["mode"] = "active" });
        await _gateway.RouteAsync();
        (await StateAsync(shop)).ShouldBe("detached");
    }

    [Fact]
    public async Task Given_a_connection_without_linkage_When_a_new_linkage_comes_in_between_Then_it_stays()
    {
        var shop = await UnlinkedAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromDays(6));
        await shop.LinkAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromDays(8));
        await NothingDetachedAsync();
        (await StateAsync(shop)).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_a_connection_without_linkage_When_the_owner_consents_again_Then_the_seven_days_begin_anew()
    {
        var shop = await UnlinkedAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromDays(6));
        await shop.AttachAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromDays(6));
        await NothingDetachedAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
        await ShownDetachedAsync(shop);
    }

    [Fact]
    public async Task Given_a_connection_without_linkage_When_its_owner_changes_who_answers_first_Then_the_seven_days_run_on()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.SetStateAsync(module, LinkageState.Ended);
        await _gateway.AdvanceAsync(TimeSpan.FromDays(6));
        await shop.AnswersFirstAsync(null);
        await _gateway.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
        await ShownDetachedAsync(shop);
    }

    [Fact]
    public async Task Given_two_connections_without_linkage_When_the_other_gets_one_while_LINE_is_told_of_the_first_Then_it_stays()
    {
        var shops = new[] { await UnlinkedAsync(), await UnlinkedAsync() };
        string? first = null;
        _gateway.Line.AnswerLater = async call =>
        {
            if (call.Path != "/v2/bot/channel/detach" || first is not null)
                return;
            first = (string?)call.Json["botId"];
            await shops.Single(shop => shop.Bot.ToString() != first).LinkAsync();
        };
        await _gateway.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        await LookAsync();
        _gateway.Line.Calls.Count(call => call.Path == "/v2/bot/channel/detach").ShouldBe(1);
        (await StateAsync(shops.Single(shop => shop.Bot.ToString() == first))).ShouldBe("detached");
        (await StateAsync(shops.Single(shop => shop.Bot.ToString() != first))).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_a_connection_that_another_process_gave_back_When_the_owner_attached_again_while_LINE_answered_this_one_Then_it_stays_attached()
    {
        var shop = await UnlinkedAsync();
        _gateway.Line.AnswerLater = async call =>
        {
            if (call.Path != "/v2/bot/channel/detach")
                return;
            _gateway.Line.AnswerLater = _ => Task.CompletedTask;
            await shop.AttachAsync();
            await _gateway.RouteAsync();
        };
        _gateway.Line.Answer = call => call.Path == "/v2/bot/channel/detach" ? (400, """{"message":"Specified channel is not detachable"}""") : null;
        await _gateway.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        await LookAsync();
        _gateway.Line.Calls.Count(call => call.Path == "/v2/bot/channel/detach").ShouldBe(1);
        (await StateAsync(shop)).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_LINE_that_does_not_detach_When_it_is_asked_Then_it_is_asked_until_it_does()
    {
        var shop = await UnlinkedAsync();
        var (asked, isAway) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), true);
        _gateway.Line.Answer = call =>
        {
            if (call.Path != "/v2/bot/channel/detach" || !isAway)
                return null;
            asked.TrySetResult();
            return (500, "{}");
        };
        await _gateway.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await StateAsync(shop)).ShouldBe("attached");
        isAway = false;
        await ShownDetachedAsync(shop);
    }

    [Fact]
    public async Task Given_a_connection_that_LINE_has_detached_already_When_it_is_given_back_Then_it_is_shown_detached()
    {
        var shop = await UnlinkedAsync();
        _gateway.Line.Answer = call => call.Path == "/v2/bot/channel/detach" ? (400, """{"message":"Specified channel is not detachable"}""") : null;
        await _gateway.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        await _gateway.Line.CalledAsync(call => call.Path == "/v2/bot/channel/detach");
        await ShownDetachedAsync(shop);
    }

    [Fact]
    public async Task Given_an_account_on_its_own_channel_When_its_last_linkage_ended_seven_days_ago_Then_our_address_is_taken_out_and_the_channel_is_gone()
    {
        var shop = await _gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync();
        await shop.SetStateAsync(module, LinkageState.Ended);
        await _gateway.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(2));
        await _gateway.Line.CalledAsync(call => call.Method == "PUT" && call.Path == LineDouble.EndpointPath && call.Body.Contains("before.example"));
        await ShownDetachedAsync(shop);
        (await _gateway.RefusedAsync(HttpMethod.Get, $"/management/channels/{shop.OwnChannel!.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await NothingDetachedAsync(); // There is no Module Channel to detach.
    }

    private async Task<Shop> UnlinkedAsync()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await shop.SetStateAsync(module, LinkageState.Ended);
        return shop;
    }

    /// <summary>One look of our own behind the worker's.</summary>
    private Task<int> LookAsync() => _gateway.Services.GetRequiredService<UnlinkedWorker>().GiveBackDueAsync(CancellationToken.None);

    private async Task ShownDetachedAsync(Shop shop)
    {
        await LookAsync();
        (await StateAsync(shop)).ShouldBe("detached");
    }

    private async Task NothingDetachedAsync()
    {
        await LookAsync();
        _gateway.Line.Calls.ShouldAllBe(call => call.Path != "/v2/bot/channel/detach");
    }

    private async Task<string?> StateAsync(Shop shop) => (string?)(await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"];
}
