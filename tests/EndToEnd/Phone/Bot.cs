using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Phone;

/// <summary>An account of its own with a Messaging API channel whose server is this test: it gets the webhooks and answers when it is told to.</summary>
internal sealed class Bot : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _line;
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    private Bot(WebApplication server, HttpClient line)
    {
        _server = server;
        _line = line;
    }

    public string BotId { get; private set; } = "";

    /// <summary>Where the bot's own pictures lie.</summary>
    public Uri PictureUrl => new(new Uri(_server.Urls.Single()), "/picture.png");

    public static async Task<Bot> StartAsync(SandboxHost sandbox, string name)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var bot = new Bot(server, new HttpClient { BaseAddress = sandbox.Address });
        server.MapGet("/picture.png", () => Results.Bytes(TestPicture.Png(300, 200), "image/png"));
        server.MapGet("/map/700", () => Results.Bytes(TestPicture.Png(700, 350), "image/png"));
        await server.StartAsync();
        await bot.OpenAccountAsync(name);
        return bot;
    }

    /// <summary>The next event that LINE sends, at most 10 s from now.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _events.Reader.ReadAsync(limit.Token);
    }

    public Task ReplyAsync(JsonElement replyTo, params object[] messages) =>
        CallAsync("/v2/bot/message/reply", new { replyToken = replyTo.GetProperty("replyToken").GetString(), messages });

    /// <summary>Shows the person that an answer is on its way, for 5 s.</summary>
    public Task StartTypingAsync(JsonElement toWhomItIs) =>
        CallAsync("/v2/bot/chat/loading/start", new { chatId = toWhomItIs.GetProperty("source").GetProperty("userId").GetString(), loadingSeconds = 5 });

    /// <summary>Calls LINE's API and demands success.</summary>
    public async Task<JsonElement> CallAsync(string path, object? body)
    {
        using var answer = await _line.PostAsync(path, body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Asks LINE's API and demands success.</summary>
    public Task<JsonElement> AskAsync(string path) => _line.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Makes a rich menu of two halves that opens by itself: the left one switches to an alias, the right one says that somebody wants a table.</summary>
    public async Task<string> MakeMenuAsync(string chatBarText, string aliasId, string label)
    {
        var made = await CallAsync("/v2/bot/richmenu", new
        {
            size = new { width = 800, height = 400 },
            selected = true,
            name = chatBarText,
            chatBarText,
            areas = new object[]
            {
                new { bounds = new { x = 0, y = 0, width = 400, height = 400 }, action = new { type = "richmenuswitch", richMenuAliasId = aliasId, data = "switch", label } },
                new { bounds = new { x = 400, y = 0, width = 400, height = 400 }, action = new { type = "message", text = "我要訂位" } },
            },
        });
        var id = made.GetProperty("richMenuId").GetString()!;
        using var image = new ByteArrayContent(TestPicture.Png(800, 400));
        image.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var uploaded = await _line.PostAsync($"/v2/bot/richmenu/{id}/content", image);
        uploaded.IsSuccessStatusCode.ShouldBeTrue(await uploaded.Content.ReadAsStringAsync());
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await _server.DisposeAsync();
    }

    private async Task OpenAccountAsync(string name)
    {
        var account = await PostAsync("/sandbox/api/accounts", new { name });
        BotId = account.GetProperty("botId").GetString()!;
        var channel = await PostAsync($"/sandbox/api/accounts/{BotId}/primary", new { webhookUrl = $"{_server.Urls.Single()}/webhook" });
        var secret = channel.GetProperty("channelSecret").GetString()!;
        _server.MapPost("/webhook", request => ReceiveAsync(request, secret));

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = channel.GetProperty("channelId").GetString()!,
            ["client_secret"] = secret,
        });
        using var answer = await _line.PostAsync("/oauth2/v3/token", form);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        _line.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task ReceiveAsync(HttpContext http, string secret)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (!new LineSignature(secret).IsValid(body.ToArray(), http.Request.Headers["x-line-signature"].ToString()))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        foreach (var happened in JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("events").EnumerateArray())
            _events.Writer.TryWrite(happened);
    }


    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _line.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
