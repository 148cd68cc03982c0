using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>LINE is there but does not answer in time, while an owner's browser waits.</summary>
public sealed class SlowLineTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new() { UpstreamTimeout = "00:00:01" };
    private readonly TaskCompletionSource _tested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public async Task DisposeAsync()
    {
        _tested.TrySetResult();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Given_LINE_that_does_not_answer_the_exchange_When_the_owner_comes_back_Then_the_portal_reads_failed()
    {
        _gateway.Line.TokenAnswerLater = () => _tested.Task;
        var shown = await ReturnAsync();
        ((string?)shown["state"]).ShouldBe("pending"); // LINE's webhook may still tell that it attached.
        _gateway.Clock.Advance(TimeSpan.FromMinutes(3));
        ((string?)(await _gateway.ManageAsync($"/management/attach-requests/{shown["id"]}"))["state"]).ShouldBe("failed");
    }

    [Fact]
    public async Task Given_LINE_that_does_not_say_the_accounts_name_When_the_owner_comes_back_Then_the_account_is_attached_all_the_same()
    {
        var bot = $"U{Guid.NewGuid():N}";
        _gateway.Line.TokenAnswer = _ => (200, $$"""{"bot_id":"{{bot}}","scopes":["message:send","message:receive"]}""");
        _gateway.Line.AnswerLater = _ => _tested.Task;
        var shown = await ReturnAsync();
        ((string?)shown["state"]).ShouldBe("attached");
        ((string?)shown["botId"]).ShouldBe(bot);
    }

    /// <summary>An owner goes to LINE and comes back with a code; answers what the portal then reads.</summary>
    private async Task<JsonNode> ReturnAsync()
    {
        var id = Guid.NewGuid();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/management/attach-requests")
        {
            Content = JsonContent.Create(new { id, scopes = Scopes.Base, returnUrl = "http://127.0.0.1:5080/orders/1" }),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        using var begun = await _gateway.Http.SendAsync(request);
        var url = new Uri((string)(await begun.Content.ReadFromJsonAsync<JsonObject>())!["authorizeUrl"]!);

        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = _gateway.Http.BaseAddress };
        using var answer = await browser.GetAsync($"/attach/callback?code=abc&state={HttpUtility.ParseQueryString(url.Query)["state"]}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await _gateway.ManageAsync($"/management/attach-requests/{id}");
    }
}
