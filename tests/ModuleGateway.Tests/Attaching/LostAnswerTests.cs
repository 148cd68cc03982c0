using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>LINE attached, and its answer to the exchange was lost: on the way, or with the process.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _gateway.Line.TokenAnswer = _ => (500, "{}");
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_exchange_without_an_answer_When_LINEs_webhook_tells_of_the_attach_Then_the_trip_ends_attached_with_its_proof()
    {
        var (id, proof) = await ReturnWithoutAnswerAsync();
        ((string?)(await ShownAsync(id))["state"]).ShouldBe("pending");
        var shop = await _gateway.NewShopAsync();
        await _gateway.RouteAsync();
        var shown = await ShownAsync(id, proof);
        ((string?)shown["state"], (string?)shown["botId"], (bool?)shown["isProven"]).ShouldBe(("attached", shop.Bot.ToString(), true));
        shown["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe([.. Scopes.Base, Scopes.CouponManage]);
    }

    [Fact]
    public async Task Given_an_exchange_without_an_answer_When_LINEs_list_tells_of_the_attach_Then_the_trip_ends_attached()
    {
        var (id, _) = await ReturnWithoutAnswerAsync();
        var shop = await _gateway.NewShopAsync(attached: false);
        _gateway.Line.Answer = call => call.Path == "/v2/bot/list" ? (200, $$"""{"bots":[{"userId":"{{shop.Bot}}","basicId":"@a","displayName":"A"}]}""") : null;
        await _gateway.Services.GetRequiredService<BotListWorker>().CompareAsync(CancellationToken.None);
        ((string?)(await ShownAsync(id))["botId"]).ShouldBe(shop.Bot.ToString());
    }

    [Fact]
    public async Task Given_two_exchanges_without_an_answer_When_one_account_appears_Then_neither_gets_it()
    {
        var (first, _) = await ReturnWithoutAnswerAsync();
        var (second, _) = await ReturnWithoutAnswerAsync();
        await _gateway.NewShopAsync();
        await _gateway.RouteAsync();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(3));
        foreach (var id in new[] { first, second })
        {
            var shown = await ShownAsync(id);
            ((string?)shown["state"], (string?)shown["error"], (string?)shown["botId"]).ShouldBe(("failed", "unreachable", null));
        }
    }

    [Fact]
    public async Task Given_an_exchange_without_an_answer_When_another_owners_exchange_attaches_its_account_Then_that_one_is_not_taken_for_it()
    {
        var (lost, _) = await ReturnWithoutAnswerAsync();
        var other = await _gateway.NewShopAsync(attached: false);
        _gateway.Line.TokenAnswer = _ => (200, $$"""{"bot_id":"{{other.Bot}}","scopes":["message:send","message:receive"]}""");
        var (answered, _) = await ReturnWithoutAnswerAsync();
        ((string?)(await ShownAsync(answered))["state"]).ShouldBe("attached");
        await other.AttachAsync();
        await _gateway.RouteAsync();
        ((string?)(await ShownAsync(lost))["state"]).ShouldBe("pending");
    }

    [Fact]
    public async Task Given_a_process_that_died_between_LINEs_answer_and_our_commit_When_the_page_is_loaded_again_Then_the_trip_ends_attached_once_the_account_appears()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Line.TokenAnswerLater = () =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        var (id, state) = await StartAsync();
        using var leaving = new CancellationTokenSource();
        var lost = CallbackAsync(state, leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => lost);
        await _gateway.StopAsync();
        _gateway.Line.TokenAnswerLater = () => Task.CompletedTask;
        _gateway.Line.TokenAnswer = _ => (400, """{"error":"invalid_grant","error_description":"The code was used."}""");
        await _gateway.StartAsync();

        var proof = HttpUtility.ParseQueryString((await CallbackAsync(state, CancellationToken.None)).Query)["proof"];
        var shop = await _gateway.NewShopAsync();
        await _gateway.RouteAsync();
        var shown = await ShownAsync(id, proof);
        ((string?)shown["state"], (string?)shown["botId"], (bool?)shown["isProven"]).ShouldBe(("attached", shop.Bot.ToString(), true));
        never.SetResult();
    }

    private async Task<(Guid Id, string? Proof)> ReturnWithoutAnswerAsync()
    {
        var (id, state) = await StartAsync();
        return (id, HttpUtility.ParseQueryString((await CallbackAsync(state, CancellationToken.None)).Query)["proof"]);
    }

    private async Task<(Guid Id, string State)> StartAsync()
    {
        var id = Guid.NewGuid();
        var begun = await _gateway.ManageAsync(HttpMethod.Post, "/management/attach-requests", new { id, scopes = Scopes.Base, returnUrl = "http://127.0.0.1:5080/back" });
        return (id, HttpUtility.ParseQueryString(new Uri((string)begun!["authorizeUrl"]!).Query)["state"]!);
    }

    private async Task<Uri> CallbackAsync(string state, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = _gateway.Http.BaseAddress };
        using var answer = await browser.GetAsync($"/attach/callback?code=abc&state={state}", cancellationToken);
        return answer.Headers.Location!;
    }

    private Task<JsonNode> ShownAsync(Guid id, string? proof = null) => _gateway.ManageAsync($"/management/attach-requests/{id}{(proof is null ? "" : "?proof=" + proof)}");
}
