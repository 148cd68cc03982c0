using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ControlModel.Model;
using ControlModel.Steps;
using Line;
using ModuleGateway.Tests;
using Tenancy;

namespace ControlModel.World;

/// <summary>Gateways, LINE, modules and owner together: some bots with a few chats and linkages each, and the ways to act on them.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead, Scopes.AccountManage];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Random _doors;
    private readonly LineDouble _double;
    private readonly Portal _portal;
    private readonly List<ModelBot> _retired = [];
    private int _step;
    private int _token;

    private Scene(IGateway gateway, LineDouble line, int seed)
    {
        Gateway = gateway;
        _double = line;
        _doors = new Random(seed);
        _portal = new Portal(gateway);
        Line = new LineWorld(line, () => gateway.Now, seed);
    }

    public IGateway Gateway { get; }

    public LineWorld Line { get; }

    public Arrivals Arrivals { get; } = new();

    public List<ModelBot> Bots { get; } = [];

    public static async Task<Scene> OpenAsync(Func<string, Task<IGateway>> start, int seed)
    {
        var line = await LineDouble.StartAsync();
        var scene = new Scene(await start(line.Origin), line, seed);
        scene.Line.Open();
        scene.Line.BeHonest(true);
        scene.Arrivals.Came = scene.KeepToken;
        return scene;
    }

    public int NextStep() => Interlocked.Increment(ref _step);

    public int Door()
    {
        lock (_doors)
            return _doors.Next(Gateway.Doors.Count);
    }

    /// <summary>A bot with chats and linkages, the first of which answers first; every module has got a message from every chat.</summary>
    public async Task AddBotAsync(int linkages, int chats)
    {
        var bot = new ModelBot(BotId.FromBits(RandomBits()), TenantId.New(), OfficialAccountId.New(), []);
        bot = new ModelBot(bot.Id, bot.Tenant, bot.Account, [.. Enumerable.Range(0, chats).Select(number => Chat(bot.Id, number))]);
        await PostAsync(bot, Event("module", null, bot, 0, json =>
        {
            json["module"] = Connection("attached", bot);
            json["mode"] = "active";
        }));
        await _portal.ChangeAsync(db =>
        {
            db.Organisations.Add(new Organisation { Id = bot.Tenant, Slug = "shop-" + bot.Tenant.Value.ToString("N")[20..], Name = "A shop", Country = "TW", CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Gateway.Now) });
            db.OfficialAccounts.Add(new OfficialAccount { Id = bot.Account, TenantId = bot.Tenant, BotId = bot.Id, DisplayName = "A shop", BasicId = "@shop", ClaimedAt = DateTimeOffset.FromUnixTimeMilliseconds(Gateway.Now) });
        });
        for (var number = 0; number < linkages; number++)
            bot.Linkages.Add(await LinkAsync(bot, number));
        await ChooseAsync(bot, 0);
        Line.Know(bot);
        Bots.Add(bot);
        var hellos = bot.Chats.Select(chat => PostEventAsync(bot, EventKind.Message, chat.Number, isActive: true, Line.Stamp())).ToList();
        await Task.WhenAll(hellos);
        foreach (var linkage in bot.Linkages)
        {
            linkage.ChatIds = new string[chats];
            foreach (var chat in bot.Chats)
            {
                var source = (await Arrivals.OfAsync(linkage.Id, hellos[chat.Number].Result)).Event["source"]!;
                linkage.ChatIds[chat.Number] = (string)source[chat.IsGroup ? "groupId" : "userId"]!;
            }
        }
    }

    public async Task RemoveBotAsync(ModelBot bot)
    {
        Bots.Remove(bot);
        _retired.Add(bot);
        foreach (var linkage in bot.Linkages)
            await StandAsync(bot, linkage, Standing.Ended);
    }

    /// <summary>The owner suspends a linkage, resumes it, ends it, begins it again.</summary>
    public async Task StandAsync(ModelBot bot, ModelLinkage linkage, Standing standing)
    {
        await _portal.ChangeAsync(db => db.Linkages.Single(row => row.Id == linkage.Id).State = standing switch
        {
            Standing.On => LinkageState.On,
            Standing.InSetUp => LinkageState.InSetUp,
            Standing.Suspended => LinkageState.Suspended,
            _ => LinkageState.Ended,
        });
        linkage.Standing = standing;
    }

    /// <summary>The owner chooses who answers first.</summary>
    public Task ChooseAsync(ModelBot bot, int? linkage)
    {
        LinkageId? chosen = linkage is { } number ? bot.Linkages[number].Id : null;
        return _portal.ChangeAsync(db => db.OfficialAccounts.Single(row => row.BotId == bot.Id).DefaultLinkageId = chosen);
    }

    /// <summary>LINE sends an event, again and again until it is taken; returns its id.</summary>
    public async Task<string> PostEventAsync(ModelBot bot, EventKind kind, int chat, bool isActive, long saidAt)
    {
        var type = kind switch { EventKind.Detached or EventKind.Attached => "module", EventKind.BotSuspended => "botSuspended", EventKind.BotResumed => "botResumed", _ => kind.ToString().ToLowerInvariant() };
        var body = Event(type, chat < 0 ? null : bot.Chats[chat], bot, saidAt, json =>
        {
            json["mode"] = isActive || kind is not (EventKind.Message or EventKind.Follow or EventKind.Unfollow) ? "active" : "standby";
            if (kind is EventKind.Detached or EventKind.Attached)
                json["module"] = Connection(kind == EventKind.Attached ? "attached" : "detached", bot);
            if (kind is EventKind.Activated or EventKind.Deactivated)
                json["chatControl"] = new JsonObject();
            if (kind == EventKind.Message)
                json["message"] = new JsonObject { ["type"] = "text", ["id"] = "1", ["text"] = "hello" };
            if (isActive && kind is EventKind.Message or EventKind.Follow)
                json["replyToken"] = Guid.NewGuid().ToString("N");
        });
        var id = (string)body["webhookEventId"]!;
        var (start, accepted) = (Stopwatch.GetTimestamp(), long.MaxValue);
        bot.Tell(evidence => evidence.Event(id) is { } row
            ? new EventStep(NextStep(), kind, id, Gateway.HasOnePlaceOrder ? row.Seq : 0, chat, isActive, saidAt) { Start = start, End = evidence.RoutedBy(id), AcceptedBy = accepted }
            : throw new InvalidOperationException($"The event {id} was answered with 200 and is not in the journal."));
        await PostAsync(bot, body);
        accepted = Stopwatch.GetTimestamp();
        return id;
    }

    /// <summary>A module calls; null when no answer came.</summary>
    public async Task<(HttpStatusCode Status, string Body)?> CallAsync(ModelBot bot, ModelLinkage linkage, string path, object? body)
    {
        var door = Door();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway.Doors[door], path));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await TokenAsync(linkage, door)}");
            request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", bot.Id.ToString());
            if (body is not null)
                request.Content = System.Net.Http.Json.JsonContent.Create(body);
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable ? null : (answer.StatusCode, text);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            await Gateway.UpAsync(door);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var linkage in Bots.Concat(_retired).SelectMany(bot => bot.Linkages))
            await linkage.Module.DisposeAsync();
        await _portal.DisposeAsync();
        await Gateway.DisposeAsync();
        await _double.DisposeAsync();
        _http.Dispose();
    }

    private static JsonObject Connection(string type, ModelBot bot)
    {
        var json = new JsonObject { ["type"] = type, ["botId"] = bot.Id.ToString() };
        if (type == "attached")
            json["scopes"] = new JsonArray([.. AllScopes.Select(scope => JsonValue.Create(scope))]);
        return json;
    }

    private static UInt128 RandomBits() => new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));

    private static ModelChat Chat(BotId bot, int number)
    {
        var hex = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return number % 3 == 2 ? new ModelChat(number, true, "C" + hex, "02" + hex) : new ModelChat(number, false, $"LU{hex}-{bot}", "01" + hex);
    }

    private static JsonObject Event(string type, ModelChat? chat, ModelBot bot, long saidAt, Action<JsonObject> details)
    {
        var json = new JsonObject
        {
            ["type"] = type,
            ["webhookEventId"] = string.Concat("01", RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24)),
            ["deliveryContext"] = new JsonObject { ["isRedelivery"] = false },
            ["timestamp"] = saidAt,
        };
        if (chat is not null)
            json["source"] = chat.IsGroup ? new JsonObject { ["type"] = "group", ["groupId"] = chat.Upstream } : new JsonObject { ["type"] = "user", ["userId"] = chat.Upstream };
        details(json);
        return json;
    }

    private async Task PostAsync(ModelBot bot, JsonObject one)
    {
        if (one["timestamp"]!.GetValue<long>() == 0)
            one["timestamp"] = Line.Stamp();
        var body = new JsonObject { ["destination"] = bot.Id.ToString(), ["events"] = new JsonArray(one) }.ToJsonString();
        while (true)
        {
            var door = Door();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway.Doors[door], $"/webhook/{Settings.ChannelId}")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.TryAddWithoutValidation("x-line-signature", new LineSignature(Settings.ChannelSecret).Create(Encoding.UTF8.GetBytes(body)));
                using var answer = await _http.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                await Gateway.UpAsync(door);
            }
        }
    }

    private async Task<ModelLinkage> LinkAsync(ModelBot bot, int number)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var double_ = await ModuleDouble.StartAsync(secret);
        var (module, linkage) = (ModuleId.New(), LinkageId.New());
        var channel = RandomNumberGenerator.GetInt32(1_000_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);
        double_.Before = got =>
        {
            Arrivals.Take(linkage, got);
            return Task.CompletedTask;
        };
        await _portal.ChangeAsync(db =>
        {
            db.Modules.Add(new Module
            {
                Id = module, TenantId = bot.Tenant, Name = "Module " + channel, Role = ModuleRole.AnswersFirst, ChannelId = ChannelId.Parse(channel, null), ProtectedSecret = _portal.Protect(secret),
                WebhookUrl = double_.Url, RequiredScopes = AllScopes, OptionalScopes = [],
            });
            db.Linkages.Add(new Linkage
            {
                Id = linkage, TenantId = bot.Tenant, OfficialAccountId = bot.Account, BotId = bot.Id, ModuleId = module, State = LinkageState.On, Scopes = AllScopes, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Gateway.Now),
            });
        });
        return new ModelLinkage(number, linkage, double_, channel, secret);
    }

    private async Task<string> TokenAsync(ModelLinkage linkage, int door)
    {
        if (linkage.AccessToken is { } kept && Gateway.Now < kept.Until)
            return kept.Token;

        var until = Gateway.Now + 600_000; // They are good for 15 minutes.
        using var answer = await _http.PostAsync(new Uri(Gateway.Doors[door], "/oauth2/v3/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = linkage.Channel, ["client_secret"] = linkage.Secret,
        }));
        answer.EnsureSuccessStatusCode();
        var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
        linkage.AccessToken = (token, until);
        return token;
    }

    private void KeepToken(LinkageId linkage, JsonObject came)
    {
        if ((string?)came["replyToken"] is not { } text)
            return;

        // In set-up, when the first messages come, nobody replies.
        if (Bots.Find(bot => bot.Linkages.Exists(one => one.Id == linkage)) is not { } of || of.Linkages.Find(one => one.Id == linkage) is not { ChatIds.Length: > 0 } to)
            return;

        var source = came["source"]!;
        var chat = Array.IndexOf(to.ChatIds, (string?)source["userId"] ?? (string)source["groupId"]!);
        lock (of.Tokens)
            of.Tokens.Add(new KnownToken(Interlocked.Increment(ref _token), to.Number, chat, (string)came["webhookEventId"]!, text));
    }
}
