using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Outside;
using Marketplace.Tests.Hosting;

namespace BadInput;

/// <summary>
/// A running instance with two accounts. On the first, <see cref="Caller"/> answers first and <see cref="Neighbour"/> is on standby; on the second is
/// <see cref="Stranger"/>. Each has people, chats and things of its own.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string KeyId = "development-key";
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(16); // One more than a stateless token's.

    /// <summary>What LINE does afterwards is done by then.</summary>
    private static readonly TimeSpan WorkTime = TimeSpan.FromMinutes(5);

    private readonly Market _market;
    private readonly Inbox _inbox;
    private readonly HttpClient _http;
    private readonly HashSet<string> _done = [];
    private string _person = "";

    private Stage(Market market, Inbox inbox, HttpClient http) => (_market, _inbox, _http) = (market, inbox, http);

    public Addresses Addresses => _market.Addresses;

    public required RSA Key { get; init; }

    public Player Caller { get; private set; } = null!;

    public Player Neighbour { get; private set; } = null!;

    public Player Stranger { get; private set; } = null!;

    /// <summary>What LINE itself calls the caller's customer: no module may ever write it.</summary>
    public string LineUserId { get; private set; } = "";

    /// <summary>The access token that LINE issues to the gateway's own channel.</summary>
    public string LineToken { get; private set; } = "";

    public string ExpiredToken { get; private set; } = "";

    public string RevokedToken { get; private set; } = "";

    public KeptState Kept { get; private set; } = null!;

    public static async Task<Stage> StartAsync()
    {
        var market = await Market.StartAsync();
        var stage = new Stage(market, await Inbox.StartAsync("caller", "neighbour", "stranger"), new HttpClient()) { Key = RSA.Create(2048) };
        await stage.PlayAsync();
        return stage;
    }

    /// <summary>Whether LINE or the gateway still works at what was begun before.</summary>
    public async Task<bool> IsBusyAsync()
    {
        foreach (var player in new[] { Caller, Stranger })
        {
            foreach (var path in new[] { $"message/progress/narrowcast?requestId={player.Owns["narrowcast"]}", $"richmenu/progress/batch?requestId={player.Owns["batch"]}", $"audienceGroup/{player.Owns["audience"]}" })
            {
                if (_done.Contains(path))
                    continue; // What is done stays done, and LINE's limit on asking is low.

                var (body, _) = await player.CallAsync(HttpMethod.Get, "/v2/bot/" + path);
                if ((body!["phase"] ?? body["audienceGroup"]?["status"])?.GetValue<string>() is "waiting" or "sending" or "ongoing" or "IN_PROGRESS")
                    return true;
                _done.Add(path);
            }
        }

        return Kept.IsOwing;
    }

    /// <summary>A new reply token: it lives for a minute.</summary>
    public async Task WriteAsync()
    {
        await PhoneAsync(Caller.Access.BotId.ToString(), _person, "messages", new { type = "text", text = "hello again" });
        var message = await _inbox.NextAsync("caller", one => one["message"]?["text"]?.GetValue<string>() == "hello again");
        await _inbox.NextAsync("neighbour", one => one["message"]?["text"]?.GetValue<string>() == "hello again");
        (Caller.Owns["replyToken"], Caller.Owns["readToken"]) = (message["replyToken"]!.GetValue<string>(), message["message"]!["markAsReadToken"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        Kept.Dispose();
        Key.Dispose();
        _http.Dispose();
        await _market.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    private async Task PlayAsync()
    {
        var setUp = new DevelopmentSetUp(_http, Addresses, TimeProvider.System);
        var console = new SandboxConsole(_http, Addresses.Sandbox);
        foreach (var name in new[] { "The first shop", "The second shop" })
            await PostAsync("/sandbox/api/accounts", new { name, brandType = "verified" });
        var (first, _) = await setUp.MakeAsync(_inbox.UrlOf("caller"), "The first shop", CancellationToken.None, KeySet());
        var (second, _) = await setUp.MakeAsync(_inbox.UrlOf("neighbour"), "The first shop", CancellationToken.None);
        var (third, _) = await setUp.MakeAsync(_inbox.UrlOf("stranger"), "The second shop", CancellationToken.None);
        (Caller, Neighbour, Stranger) = (new(_http, Addresses.Gateway, first), new(_http, Addresses.Gateway, second), new(_http, Addresses.Gateway, third));

        ExpiredToken = await Caller.StatelessAsync();
        await PostAsync("/sandbox/api/clock", new { seconds = TokenLife.TotalSeconds });
        foreach (var player in new[] { Caller, Neighbour, Stranger })
            player.Token = await player.ShortLivedAsync();
        RevokedToken = await Caller.ShortLivedAsync();
        await RevokeAsync(RevokedToken);

        (_person, var other) = ((await console.AddPersonAsync("Mei", default)).Id, (await console.AddPersonAsync("Ken", default)).Id);
        await MeetAsync(Caller, "caller", _person);
        Neighbour.Owns["user"] = (await _inbox.NextAsync("neighbour", one => one["type"]!.GetValue<string>() == "message"))["source"]!["userId"]!.GetValue<string>();
        await MeetAsync(Stranger, "stranger", other);
        await MakeThingsAsync(Caller);
        await MakeThingsAsync(Stranger);
        await MakeMenusAsync(Neighbour);

        await PostAsync("/sandbox/api/clock", new { seconds = WorkTime.TotalSeconds });
        foreach (var player in new[] { Caller, Stranger })
        {
            await player.CallAsync(HttpMethod.Get, $"/v2/bot/richmenu/progress/batch?requestId={player.Owns["batch"]}"); // Asked how far it is, LINE does what is due.
            await player.CallAsync(HttpMethod.Post, $"/v2/bot/user/all/richmenu/{player.Owns["menu"]}");
            await player.CallAsync(HttpMethod.Post, $"/v2/bot/user/{player.Owns["user"]}/richmenu/{player.Owns["menu"]}"); // After the batch that takes all away.
        }

        var channel = await console.FindChannelAsync(one => one.Kind == "module", default);
        LineUserId = await console.UserIdAsync(channel!.ChannelId, first.BotId, _person, default);
        LineToken = await LineTokenAsync(channel);
        await WriteAsync();
        Kept = new KeptState(Path.Combine(_market.DataPath, "gateway.db"), Path.Combine(_market.DataPath, "sandbox.db"));
    }

    private async Task MeetAsync(Player player, string name, string person)
    {
        var bot = player.Access.BotId.ToString();
        await PhoneAsync(bot, person, "follow", new { });
        await PhoneAsync(bot, person, "messages", new { type = "text", text = "hello" });
        var message = await _inbox.NextAsync(name, one => one["message"]?["type"]?.GetValue<string>() == "text");
        player.Owns["user"] = message["source"]!["userId"]!.GetValue<string>();
        player.Owns["replyToken"] = message["replyToken"]!.GetValue<string>();
        player.Owns["readToken"] = message["message"]!["markAsReadToken"]!.GetValue<string>();
        await PhoneAsync(bot, person, "messages", new { type = "image", dataUrl = $"data:image/png;base64,{Convert.ToBase64String(Picture(64, 48))}" });
        player.Owns["message"] = (await _inbox.NextAsync(name, one => one["message"]?["type"]?.GetValue<string>() == "image"))["message"]!["id"]!.GetValue<string>();
        await PhoneAsync(bot, person, "messages", new { type = "video", dataUrl = $"data:video/mp4;base64,{Convert.ToBase64String("\0\0\0\u0018ftypisom\0\0\0\0isommp42"u8)}", duration = 1200 });
        player.Owns["video"] = (await _inbox.NextAsync(name, one => one["message"]?["type"]?.GetValue<string>() == "video"))["message"]!["id"]!.GetValue<string>();
        foreach (var kind in new[] { "group", "room" })
        {
            var made = await PostAsync("/phone/api/groups", new { kind, name = "Dinner", members = new[] { person }, botId = bot });
            await PostAsync($"/phone/api/chats/{bot}/{Uri.EscapeDataString(made!["id"]!.GetValue<string>())}/messages?as={Uri.EscapeDataString(person)}", new { type = "text", text = "all here?" });
            player.Owns[kind] = (await _inbox.NextAsync(name, one => one["source"]?[kind + "Id"] is not null && one["type"]!.GetValue<string>() == "message"))["source"]![kind + "Id"]!.GetValue<string>();
        }
    }

    private static async Task MakeMenusAsync(Player player)
    {
        foreach (var name in new[] { "menu", "menu2" })
        {
            var menu = (await player.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", Samples.Menu())).Body!["richMenuId"]!.GetValue<string>();
            await player.CallAsync(HttpMethod.Post, $"/v2/bot/richmenu/{menu}/content", bytes: Picture(2500, 843), type: "image/png");
            player.Owns[name] = menu;
        }

        player.Owns["alias"] = "alias-" + player.Access.ChannelId;
        await player.CallAsync(HttpMethod.Post, "/v2/bot/richmenu/alias", new { richMenuAliasId = player.Owns["alias"], richMenuId = player.Owns["menu"] });
    }

    private static async Task MakeThingsAsync(Player player)
    {
        await MakeMenusAsync(player);
        var user = player.Owns["user"];
        var words = new[] { new { type = "text", text = "hello" } };
        player.Owns["unit"] = "unit_" + player.Access.ChannelId;
        await player.CallAsync(HttpMethod.Post, "/v2/bot/message/push", new { to = user, messages = words, customAggregationUnits = new[] { player.Owns["unit"] } });
        player.Owns["audience"] = (await player.CallAsync(HttpMethod.Post, "/v2/bot/audienceGroup/upload", new { description = "Regulars", audiences = new[] { new { id = user } } })).Body!["audienceGroupId"]!.ToString();
        player.Owns["coupon"] = (await player.CallAsync(HttpMethod.Post, "/v2/bot/coupon", Samples.Coupon())).Body!["couponId"]!.GetValue<string>();
        player.Owns["sending"] = (await player.CallAsync(HttpMethod.Post, "/v2/bot/message/broadcast", new
        {
            messages = new[] { new { type = "template", altText = "See", template = new { type = "buttons", text = "See", actions = new[] { new { type = "uri", label = "Shop", uri = Samples.ClickUrl } } } } },
        })).RequestId;
        player.Owns["narrowcast"] = (await player.CallAsync(HttpMethod.Post, "/v2/bot/message/narrowcast", new { messages = words })).RequestId;
        player.Owns["batch"] = (await player.CallAsync(HttpMethod.Post, "/v2/bot/richmenu/batch", new { operations = new[] { new { type = "unlinkAll" } } })).RequestId;
    }

    private async Task RevokeAsync(string token)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("access_token", token)]);
        using var answer = await _http.PostAsync(new Uri(Addresses.Gateway, "/v2/oauth/revoke"), form);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> LineTokenAsync(SandboxConsole.Channel channel)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = channel.ChannelId, ["client_secret"] = channel.ChannelSecret,
        });
        using var answer = await _http.PostAsync(new Uri(Addresses.Sandbox, "/oauth2/v3/token"), form);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
    }

    private Task<JsonNode?> PhoneAsync(string bot, string person, string what, object body) => PostAsync($"/phone/api/chats/{bot}/{Uri.EscapeDataString(person)}/{what}", body);

    private async Task<JsonNode?> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Addresses.Sandbox, path), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text.Length > 0 ? JsonNode.Parse(text) : null : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    private JsonObject KeySet()
    {
        var numbers = Key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["alg"] = "RS256", ["use"] = "sig", ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(numbers.Modulus!), ["e"] = Base64Url.EncodeToString(numbers.Exponent!),
            }),
        };
    }

    /// <summary>A PNG, white.</summary>
    internal static byte[] Picture(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            row.AsSpan(1).Fill(255);
            for (var y = 0; y < height; y++)
                zip.Write(row);
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. Part("IHDR"u8, head), .. Part("IDAT"u8, packed.ToArray()), .. Part("IEND"u8, [])];
    }

    private static byte[] Part(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] part = [0, 0, 0, 0, .. type, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(part, data.Length);
        var crc = 0xffffffffu;
        foreach (var one in part.AsSpan(4, part.Length - 8))
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(part.AsSpan(part.Length - 4), ~crc);
        return part;
    }
}
