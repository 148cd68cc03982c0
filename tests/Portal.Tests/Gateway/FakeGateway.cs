using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Gateway;

/// <summary>The gateway's management API played by the test, on a real server. It refuses calls without the key.</summary>
public sealed class FakeGateway : IAsyncDisposable
{
    public const string Key = "management-key-of-the-tests";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Guid, JsonObject> _attachRequests = new();
    private readonly ConcurrentDictionary<string, string> _accounts = new();
    private readonly ConcurrentDictionary<Guid, Trial> _trials = new();
    private readonly Channel<bool> _nudges = Channel.CreateUnbounded<bool>();

    /// <summary>What became of events, by their id, or by bot and chat.</summary>
    public ConcurrentDictionary<string, object> Ways { get; } = new();

    /// <summary>How every module's webhook answers a request that is signed as ours are, and one that is not.</summary>
    public (int Genuine, int Forged) ProbeAnswers { get; set; } = (200, 401);

    /// <summary>Which modules' webhooks were tried.</summary>
    public ConcurrentQueue<(Guid Module, string Url)> Probed { get; } = new();

    private FakeGateway()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            if (Failing is { } status)
                context.Response.StatusCode = status;
            else if (context.Request.Headers.Authorization != $"Bearer {Key}")
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                await next(context);
        });
        _app.MapPost("/management/attach-requests", (JsonObject body) =>
        {
            var id = body["id"]!.GetValue<Guid>();
            _attachRequests[id] = new JsonObject
            {
                ["id"] = id,
                ["state"] = "pending",
                ["botId"] = null,
                ["scopes"] = new JsonArray(),
                ["displayName"] = null,
                ["basicId"] = null,
                ["pictureUrl"] = null,
                ["error"] = null,
                ["errorDescription"] = null,
            };
            AttachBodies.Enqueue(body);
            return Results.Json(new { authorizeUrl = $"http://line.test/module/auth/v1/authorize?state={id:N}" }, statusCode: 201);
        });
        _app.MapPost("/management/attach-requests/{id:guid}/channel", (Guid id, JsonObject body) =>
        {
            ChannelBodies.Enqueue(body);
            if (ChannelFault is { } fault)
                return Results.Json(new { code = fault, message = "said in English" }, statusCode: 422);

            _attachRequests[id] = new JsonObject { ["id"] = id, ["state"] = "pending", ["botId"] = null };
            return Results.Json(new { id, botId = ChannelBot.ToString(), displayName = "雲腳咖啡", basicId = "@428yunji", pictureUrl = (string?)null, scopes = new[] { "message:send", "message:receive", "profile:read", "account:manage" }, webhookUrlNow = "https://before.example/webhook" });
        });
        _app.MapPost("/management/attach-requests/{id:guid}/channel/connect", (Guid id) =>
        {
            if (ConnectFault is { } fault)
                return Results.Json(new { code = fault, message = "said in English" }, statusCode: 422);
            if (!_attachRequests.ContainsKey(id))
                return Results.NotFound();

            Attach(id, ChannelBot, "雲腳咖啡", "@428yunji", "message:send", "message:receive", "profile:read", "account:manage");
            return Results.Json(new { proof = ProofOf(id) });
        });
        _app.MapGet("/management/channels/{id}", (string id) => Results.Json(new { channelId = id, webhookUrlBefore = "https://before.example/webhook" }));
        _app.MapPut("/management/channels/{id}/secret", (string id, JsonObject body) =>
        {
            Secrets.Enqueue((id, (string)body["channelSecret"]!));
            return ChannelFault is { } fault ? Results.Json(new { code = fault, message = "said in English" }, statusCode: fault == "lineAway" ? 503 : 422) : Results.NoContent();
        });
        _app.MapDelete("/management/channels/{id}", (string id) =>
        {
            ChannelsRemoved.Enqueue(id);
            return Results.NoContent();
        });
        _app.MapGet("/management/attach-requests/{id:guid}", (Guid id, string? proof) =>
        {
            if (!_attachRequests.TryGetValue(id, out var found))
                return Results.NotFound();

            var answer = (JsonObject)found.DeepClone();
            answer["isProven"] = proof == ProofOf(id);
            return Results.Json(answer);
        });
        _app.MapGet("/management/events/{id}", (string id) => Ways.TryGetValue(id, out var found) ? Results.Json(new { events = new[] { found } }) : Results.NotFound());
        _app.MapGet("/management/deliveries/{id}", () => Results.NotFound());
        _app.MapGet("/management/accounts/{bot}/chats/{chat}/events", (string bot, string chat) => Ways.TryGetValue($"{bot} {chat}", out var found) ? Results.Json(new { events = new[] { found } }) : Results.NotFound());
        _app.MapPost("/management/modules/{id:guid}/probe", (Guid id, JsonObject body) =>
        {
            Probed.Enqueue((id, body["url"]!.GetValue<string>()));
            return Results.Json(new { genuine = ProbeAnswers.Genuine, forged = ProbeAnswers.Forged, detail = (string?)null });
        });
        _app.MapPost("/management/registry-changed", () =>
        {
            _nudges.Writer.TryWrite(true);
            return Results.Accepted();
        });
        _app.MapGet("/management/registry", () => Results.Json(new { appliedRevision = AppliedRevision }));
        _app.MapGet("/management/accounts/{botId}", (string botId) =>
            _accounts.TryGetValue(botId, out var json) ? Results.Text(json, "application/json") : Results.NotFound());
        _app.MapPost("/management/accounts/{botId}/give-back", (string botId, JsonObject body) =>
        {
            GiveBackBodies.Enqueue((botId, body));
            return Results.Json(new { given = GivesBack });
        });
        _app.MapPost("/management/linkages/{id:guid}/test-code", (Guid id) =>
        {
            TestCodesAsked.Enqueue(id);
            if (TestCodeRefusal is { } refusal)
                return Results.Json(new { refusal, code = (object?)null });

            _trials[id] = new Trial("try 482113", _trials.GetValueOrDefault(id)?.Chats ?? 0);
            return Results.Json(new { refusal = (string?)null, code = _trials[id].Show() });
        });
        _app.MapGet("/management/linkages/{id:guid}/test-chats", (Guid id) =>
        {
            var trial = _trials.GetValueOrDefault(id, new Trial(null, 0));
            return Results.Json(new { code = trial.Show(), chats = trial.Chats, chatsMax = 5 });
        });
        _app.MapDelete("/management/linkages/{id:guid}/test-chats", (Guid id) =>
        {
            _trials.TryRemove(id, out _);
            return Results.NoContent();
        });
        _app.MapGet("/management/unroutable", (int limit) => Results.Json(new { events = Unroutable.Take(limit) }));
    }

    /// <summary>Which chats the portal gave back, in order.</summary>
    public ConcurrentQueue<(string BotId, JsonObject Body)> GiveBackBodies { get; } = new();

    /// <summary>How many chats each giving back finds.</summary>
    public int GivesBack { get; set; } = 1;

    /// <summary>Whose code the portal asked for, in order.</summary>
    public ConcurrentQueue<Guid> TestCodesAsked { get; } = new();

    /// <summary>Set to refuse every code.</summary>
    public string? TestCodeRefusal { get; set; }

    /// <summary>The owner sent the code from a phone.</summary>
    public void TakeTestCode(Guid linkage) => _trials[linkage] = new Trial(null, _trials[linkage].Chats + 1);

    /// <summary>Set to make every call answer this status.</summary>
    public int? Failing { get; set; }

    public long AppliedRevision { get; set; } = long.MaxValue;

    /// <summary>Whose channel every id and secret is found to be.</summary>
    public BotId ChannelBot { get; set; }

    /// <summary>Set to refuse to look, or to connect, with this code.</summary>
    public string? ChannelFault { get; set; }

    public string? ConnectFault { get; set; }

    /// <summary>The channels that were shown, in order.</summary>
    public ConcurrentQueue<JsonObject> ChannelBodies { get; } = new();

    /// <summary>New secrets of connected channels, in order.</summary>
    public ConcurrentQueue<(string ChannelId, string Secret)> Secrets { get; } = new();

    /// <summary>Channels that the portal ended, in order.</summary>
    public ConcurrentQueue<string> ChannelsRemoved { get; } = new();

    /// <summary>What the portal asked to attach, in order.</summary>
    public ConcurrentQueue<JsonObject> AttachBodies { get; } = new();

    public ConcurrentQueue<object> Unroutable { get; } = new();

    public string BaseUrl => _app.Urls.First();

    public static async Task<FakeGateway> StartAsync()
    {
        var gateway = new FakeGateway();
        await gateway._app.StartAsync();
        return gateway;
    }

    /// <summary>What the gateway gives the browser that came back from LINE.</summary>
    public static string ProofOf(Guid requestId) => $"proof{requestId:N}";

    /// <summary>LINE attached the bot: what the gateway learns in its callback.</summary>
    public void Attach(Guid requestId, BotId bot, string name, string basicId, params string[] scopes)
    {
        var request = _attachRequests[requestId];
        request["state"] = "attached";
        request["botId"] = bot.ToString();
        request["displayName"] = name;
        request["basicId"] = basicId;
        request["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
    }

    public void Refuse(Guid requestId, string error = "access_denied")
    {
        _attachRequests[requestId]["state"] = "refused";
        _attachRequests[requestId]["error"] = error;
    }

    public void Fail(Guid requestId, string description)
    {
        _attachRequests[requestId]["state"] = "failed";
        _attachRequests[requestId]["error"] = "server_error";
        _attachRequests[requestId]["errorDescription"] = description;
    }

    /// <summary>What <c>GET /management/accounts/{botId}</c> answers from now on.</summary>
    public void Stands(BotId bot, string json) => _accounts[bot.ToString()] = json;

    /// <summary>The next nudge that arrives.</summary>
    public async Task NextNudgeAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await _nudges.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The nudges that have come so far count no longer.</summary>
    public void ForgetNudges()
    {
        while (_nudges.Reader.TryRead(out _))
        {
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed record Trial(string? Text, int Chats)
    {
        public object? Show() => Text is null ? null : new { text = Text, expiresAt = "2126-01-01T00:00:00Z" };
    }
}
