using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ModuleGateway.Facade;

namespace BadInput;

/// <summary>A valid request of one call.</summary>
/// <param name="Name">Method and LINE's template.</param>
/// <param name="Json">What <paramref name="Request"/>'s body says; null where it is no JSON.</param>
/// <param name="Form">Fields of a token endpoint's form, or of its query.</param>
internal sealed record Sample(string Name, RawRequest Request, JsonNode? Json, IReadOnlyList<(string Name, string Value)>? Form = null)
{
    /// <summary>Null for calls that name no bot.</summary>
    public CallRow? Row { get; init; }

    public bool IsToken => Form is not null;

    /// <summary>What it names would be gone, or the module out: only what must be refused is tried on it.</summary>
    public bool Consumes => Request.Method == "DELETE" || Name.EndsWith("/leave", StringComparison.Ordinal) || Name.EndsWith("/detach", StringComparison.Ordinal)
        || Name.EndsWith("/close", StringComparison.Ordinal) || Name.EndsWith("/revoke", StringComparison.Ordinal) || Name == "PUT /v2/bot/channel/webhook/endpoint";

    /// <summary>Reads, or only checks.</summary>
    public bool ChangesNothing => Request.Method == "GET" || Name.Contains("/validate", StringComparison.Ordinal) || Name.EndsWith("/verify", StringComparison.Ordinal);
}

/// <summary>A valid request for every row of <see cref="FacadeTable"/> and every token endpoint, made anew each time it is asked for.</summary>
internal sealed class Samples(Stage stage)
{
    public const string ClickUrl = "https://shop.example/click";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly byte[] SmallPicture = Stage.Picture(64, 48);
    private int _made;

    /// <summary>The token endpoints, as they are mapped.</summary>
    public static IReadOnlyList<string> TokenCalls { get; } =
    [
        "POST /oauth2/v3/token", "POST /oauth2/v3/token by assertion", "POST /oauth2/v2.1/token", "GET /oauth2/v2.1/verify", "GET /oauth2/v2.1/tokens/kid",
        "POST /oauth2/v2.1/revoke", "POST /v2/oauth/accessToken", "POST /v2/oauth/verify", "POST /v2/oauth/revoke",
    ];

    public static IReadOnlyList<string> Names { get; } = [.. FacadeTable.All.Select(row => row.Name), .. FacadeTable.OfModules.Select(row => $"{row.Method} {row.Path}"), .. TokenCalls];

    /// <exception cref="KeyNotFoundException">A call for which nobody has said what a valid request looks like.</exception>
    public Sample Of(string name)
    {
        if (TokenCalls.Contains(name))
            return OfToken(name);

        var row = FacadeTable.All.FirstOrDefault(one => one.Name == name);
        var (query, json) = Said(name);
        var target = (row is null ? name.Split(' ')[1] : row.PathWith(row.Parameters.ToDictionary(parameter => parameter, parameter => ValueOf(name, parameter)))) + query;
        var headers = new List<string> { "Authorization: Bearer " + stage.Caller.Token };
        if (row is not null)
            headers.Add("X-Line-Bot-Id: " + stage.Caller.Access.BotId);
        if (row is { TakesRetryKey: true })
            headers.Add("X-Line-Retry-Key: " + Guid.NewGuid());

        byte[]? body = null;
        if (row?.Body == BodyKind.Stream)
        {
            var isFile = name.EndsWith("byFile", StringComparison.Ordinal);
            headers.Add("Content-Type: " + (isFile ? "multipart/form-data; boundary=b0undary" : "image/png"));
            body = isFile ? Encoding.UTF8.GetBytes(File(name)) : SmallPicture;
        }
        else if (json is not null)
        {
            headers.Add("Content-Type: application/json");
            body = Encoding.UTF8.GetBytes(json.ToJsonString());
        }

        return new Sample(name, new RawRequest(name.Split(' ')[0], target, headers, body), json) { Row = row };
    }

    internal static object Menu() => new
    {
        size = new { width = 2500, height = 843 }, selected = true, name = "Menu", chatBarText = "Menu",
        areas = new[] { new { bounds = new { x = 0, y = 0, width = 1250, height = 843 }, action = new { type = "postback", label = "Book", data = "book=1" } } },
    };

    internal static object Coupon() => new
    {
        title = "Ten percent", timezone = "ASIA_TAIPEI", visibility = "UNLISTED", maxUseCountPerTicket = 1,
        startTimestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60, endTimestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 864_000,
        acquisitionCondition = new { type = "normal" }, reward = new { type = "discount", priceInfo = new { type = "percentage", percentage = 10 } },
    };

    private string ValueOf(string name, string parameter)
    {
        var own = stage.Caller.Owns;
        return parameter switch
        {
            "userId" or "chatId" => own["user"],
            "groupId" => own["group"],
            "roomId" => own["room"],
            "messageId" => own[name.EndsWith("transcoding", StringComparison.Ordinal) ? "video" : "message"],
            "richMenuId" => own[name.StartsWith("DELETE", StringComparison.Ordinal) ? "menu2" : "menu"],
            "richMenuAliasId" => own["alias"],
            "audienceGroupId" => own["audience"],
            "couponId" => own["coupon"],
            _ => throw new KeyNotFoundException($"Nobody has said what {parameter} of {name} is."),
        };
    }

    private (string Query, JsonNode? Json) Said(string name)
    {
        var own = stage.Caller.Owns;
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var messages = Node(new object[]
        {
            new { type = "text", text = "hello", quickReply = new { items = new[] { new { type = "action", action = new { type = "message", label = "Yes", text = "Yes" } } } } },
            new { type = "template", altText = "Buttons", template = new { type = "buttons", text = "Which?", actions = new[] { new { type = "postback", label = "One", data = "n=1" } } } },
            new { type = "flex", altText = "Flex", contents = new { type = "bubble", body = new { type = "box", layout = "vertical", contents = new[] { new { type = "text", text = "a" } } } } },
            new { type = "coupon", couponId = own["coupon"] },
        });
        var batch = new { operations = new[] { new { type = "link", from = own["menu"], to = own["menu2"] } } };
        return name switch
        {
            "POST /v2/bot/message/reply" => Body(new { replyToken = own["replyToken"], messages }),
            "POST /v2/bot/message/push" => Body(new { to = own["user"], messages, customAggregationUnits = new[] { own["unit"] }, notificationDisabled = true }),
            "POST /v2/bot/message/multicast" => Body(new { to = new[] { own["user"] }, messages, customAggregationUnits = new[] { own["unit"] } }),
            "POST /v2/bot/message/broadcast" => Body(new { messages }),
            "POST /v2/bot/message/narrowcast" => Body(new
            {
                messages, recipient = new { type = "operator", or = new object[] { new { type = "audience", audienceGroupId = Number(own["audience"]) }, new { type = "redelivery", requestId = own["narrowcast"] } } },
                limit = new { max = 100 },
            }),
            "GET /v2/bot/message/progress/narrowcast" => ($"?requestId={own["narrowcast"]}", null),
            "POST /v2/bot/message/pnp/templated/push" => Body(new { to = new string('a', 64), templateKey = "reserve_ja", body = new { emphasizedItem = new { itemKey = "date_002_ja", content = "Sat 10 Aug" } } }),
            "POST /v2/bot/chat/loading/start" => Body(new { chatId = own["user"], loadingSeconds = 5 }),
            "POST /v2/bot/chat/markAsRead" => Body(new { markAsReadToken = own["readToken"] }),
            "POST /v2/bot/message/markAsRead" => Body(new { chat = new { userId = own["user"] } }),
            "POST /v2/bot/chat/{chatId}/control/acquire" => Body(new { expired = true, ttl = 60 }),
            "POST /v2/bot/audienceGroup/upload" => Body(new { description = $"People {++_made}", isIfaAudience = false, audiences = new[] { new { id = own["user"] } } }),
            "PUT /v2/bot/audienceGroup/upload" => Body(new { audienceGroupId = Number(own["audience"]), uploadDescription = "more", audiences = new[] { new { id = own["user"] } } }),
            "POST /v2/bot/audienceGroup/click" => Body(new { description = "Clicked", requestId = own["sending"], clickUrl = ClickUrl }),
            "POST /v2/bot/audienceGroup/imp" => Body(new { description = "Seen", requestId = own["sending"] }),
            "PUT /v2/bot/audienceGroup/{audienceGroupId}/updateDescription" => Body(new { description = "Regular guests" }),
            "GET /v2/bot/audienceGroup/list" or "GET /v2/bot/audienceGroup/shared/list" => ("?page=1", null),
            "POST /v2/bot/coupon" => Body(Coupon()),
            "GET /v2/bot/coupon" => ("?status=RUNNING&limit=10", null),
            "POST /v2/bot/richmenu" or "POST /v2/bot/richmenu/validate" => Body(Menu()),
            "POST /v2/bot/richmenu/bulk/link" => Body(new { richMenuId = own["menu"], userIds = new[] { own["user"] } }),
            "POST /v2/bot/richmenu/bulk/unlink" => Body(new { userIds = new[] { own["user"] } }),
            "POST /v2/bot/richmenu/batch" or "POST /v2/bot/richmenu/validate/batch" => Body(batch),
            "GET /v2/bot/richmenu/progress/batch" => ($"?requestId={own["batch"]}", null),
            "POST /v2/bot/richmenu/alias" => Body(new { richMenuAliasId = $"fresh-{++_made}", richMenuId = own["menu"] }),
            "POST /v2/bot/richmenu/alias/{richMenuAliasId}" => Body(new { richMenuId = own["menu"] }),
            "GET /v2/bot/insight/richmenu/{richMenuId}/summary" or "GET /v2/bot/insight/richmenu/{richMenuId}/daily" => ($"?from={yesterday}&to={yesterday}", null),
            "GET /v2/bot/insight/message/event" => ($"?requestId={own["sending"]}", null),
            "GET /v2/bot/insight/message/event/aggregation" => ($"?customAggregationUnit={own["unit"]}&from={yesterday}&to={yesterday}", null),
            "GET /v2/bot/message/aggregation/list" or "GET /v2/bot/followers/ids" or "GET /v2/bot/list" => ("?limit=10", null),
            "PUT /v2/bot/channel/webhook/endpoint" => Body(new { endpoint = "https://partner.example/hook" }),
            "POST /v2/bot/channel/detach" => Body(new { botId = stage.Caller.Access.BotId.ToString() }),
            _ when name.StartsWith("POST /v2/bot/message/validate/", StringComparison.Ordinal) => Body(new { messages }),
            _ when name.Contains("/message/delivery/", StringComparison.Ordinal) || name is "GET /v2/bot/insight/message/delivery" or "GET /v2/bot/insight/followers" => ($"?date={yesterday}", null),
            _ when FacadeTable.All.FirstOrDefault(row => row.Name == name) is { Body: BodyKind.Json } => throw new KeyNotFoundException($"Nobody has said what a valid body of {name} is."),
            _ => ("", null),
        };
    }

    private Sample OfToken(string name)
    {
        var (id, secret) = (stage.Caller.Access.ChannelId, stage.Caller.Access.ChannelSecret);
        IReadOnlyList<(string, string)> fields = name switch
        {
            "POST /oauth2/v3/token" or "POST /v2/oauth/accessToken" => [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)],
            "POST /oauth2/v3/token by assertion" => [("grant_type", "client_credentials"), ("client_assertion_type", AssertionType), ("client_assertion", Assertions.Valid(stage))],
            "POST /oauth2/v2.1/token" => [("grant_type", "client_credentials"), ("client_assertion_type", AssertionType), ("client_assertion", Assertions.Valid(stage))],
            "GET /oauth2/v2.1/tokens/kid" => [("client_assertion_type", AssertionType), ("client_assertion", Assertions.Valid(stage))],
            "GET /oauth2/v2.1/verify" => [("access_token", stage.ExpiredToken)],
            "POST /oauth2/v2.1/revoke" => [("client_id", id), ("client_secret", secret), ("access_token", stage.ExpiredToken)],
            "POST /v2/oauth/verify" => [("access_token", stage.Caller.Token)],
            _ => [("access_token", stage.RevokedToken)],
        };
        var parts = name.Split(' ');
        return new Sample(name, Filled(new RawRequest(parts[0], parts[1], [], null), fields), null, fields);
    }

    /// <summary>The request with these fields in its form, or its query.</summary>
    internal static RawRequest Filled(RawRequest request, IEnumerable<(string Name, string Value)> fields)
    {
        var text = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        return request.Method == "GET"
            ? request with { Target = $"{request.PathOnly}?{text}" }
            : request.With("Content-Type", "application/x-www-form-urlencoded") with { Body = Encoding.ASCII.GetBytes(text) };
    }

    private string File(string name) =>
        $"--b0undary\r\nContent-Disposition: form-data; name=\"{(name.StartsWith("PUT", StringComparison.Ordinal) ? "audienceGroupId" : "description")}\"\r\n\r\n"
        + $"{(name.StartsWith("PUT", StringComparison.Ordinal) ? stage.Caller.Owns["audience"] : "A file")}\r\n--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
        + $"Content-Type: text/plain\r\n\r\n{stage.Caller.Owns["user"]}\r\n--b0undary--\r\n";

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static JsonNode Node(object value) => System.Text.Json.JsonSerializer.SerializeToNode(value)!;

    private static (string, JsonNode?) Body(object value) => ("", Node(value));
}
