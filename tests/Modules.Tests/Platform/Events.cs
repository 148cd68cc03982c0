using System.Text.Json;

namespace Modules.Tests.Platform;

/// <summary>Webhook events as the platform writes them.</summary>
public static class Events
{
    private static int _count;

    /// <summary>A user as a module sees them; a new one each time, so that tests share nothing.</summary>
    public static string NewUser() => $"LU{Interlocked.Increment(ref _count):x32}-{FakePlatform.Bot}";

    public static string NewId() => $"01K7{Interlocked.Increment(ref _count):D22}";

    public static string Text(string user, string text, string? replyToken = null, string mode = "active", string? id = null, DateTimeOffset? at = null) =>
        Event("message", user, replyToken, mode, id, at, ("message", new { id = "1", type = "text", text }));

    public static string Follow(string user, string replyToken) => Event("follow", user, replyToken, "active", null, null, ("follow", new { isUnblocked = false }));

    public static string Postback(string user, string data, string replyToken) =>
        Event("postback", user, replyToken, "active", null, null, ("postback", new { data }));

    public static string Activated(string user, DateTimeOffset at, DateTimeOffset expiresAt) =>
        Event("activated", user, null, "active", null, at, ("chatControl", new { expireAt = expiresAt.ToUnixTimeMilliseconds() }));

    public static string Deactivated(string user, DateTimeOffset at) => Event("deactivated", user, null, "active", null, at);

    public static string Unsend(string user, string messageId) => Event("unsend", user, null, "standby", null, null, ("unsend", new { messageId }));

    public static string Module(string what) => Event("module", null, null, "active", null, null, ("module", new { type = what, botId = FakePlatform.Bot.ToString() }));

    /// <summary>Of an attempt that failed it names nobody.</summary>
    public static string AccountLink(string? user, string nonce, string? replyToken = null) =>
        Event("accountLink", user, replyToken, "active", null, null, ("link", new { result = user is null ? "failed" : "ok", nonce }));

    public static string GroupText(string group, string text, string replyToken) =>
        Event("message", null, replyToken, "active", null, null, ("source", new { type = "group", groupId = group, userId = "U1" }), ("message", new { id = "1", type = "text", text }));

    private static string Event(string type, string? user, string? replyToken, string mode, string? id, DateTimeOffset? at, params (string Name, object Value)[] more)
    {
        var properties = new Dictionary<string, object>
        {
            ["type"] = type,
            ["mode"] = mode,
            ["timestamp"] = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeMilliseconds(),
            ["webhookEventId"] = id ?? NewId(),
            ["deliveryContext"] = new { isRedelivery = false },
        };
        if (user is not null)
            properties["source"] = new { type = "user", userId = user };

        if (replyToken is not null)
            properties["replyToken"] = replyToken;

        foreach (var (name, value) in more)
            properties[name] = value;

        return JsonSerializer.Serialize(properties);
    }
}
