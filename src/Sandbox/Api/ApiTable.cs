using Sandbox.Tokens;

namespace Sandbox.Api;

/// <summary>The calls that this platform knows. Scopes: attach documentation; where LINE is silent, the choice is marked.</summary>
internal static class ApiTable
{
    private const double PerMinute1000 = 1000.0 / 60;
    private const double PerHour60 = 60.0 / 3600;

    public static readonly IReadOnlyList<ApiRow> Rows =
    [
        new("POST", "/v2/bot/message/reply", Scopes.MessageSend),
        new("POST", "/v2/bot/message/push", Scopes.MessageSend, TakesRetryKey: true),
        new("POST", "/v2/bot/message/multicast", Scopes.MessageSend, PerSecond: 200, TakesRetryKey: true),
        new("POST", "/v2/bot/message/validate/{kind}", Scopes.MessageSend),       // Scope: ours.
        new("GET", "/v2/bot/message/quota", Scopes.MessageSend),
        new("GET", "/v2/bot/message/quota/consumption", Scopes.MessageSend),
        new("GET", "/v2/bot/message/{messageId}/content", Scopes.MessageReceive), // Scope: ours.
        new("POST", "/v2/bot/chat/loading/start", Scopes.MessageSend, PerSecond: 100),
        new("GET", "/v2/bot/profile/{userId}", Scopes.ProfileRead),
        new("GET", "/v2/bot/info", null),
        new("POST", "/v2/bot/user/{userId}/linkToken", null),
        new("POST", "/v2/bot/chat/{chatId}/control/acquire", Scopes.MessageReceive),
        new("POST", "/v2/bot/chat/{chatId}/control/release", Scopes.MessageReceive),
        new("GET", "/v2/bot/channel/webhook/endpoint", null, PerSecond: PerMinute1000),
        new("PUT", "/v2/bot/channel/webhook/endpoint", null, PerSecond: PerMinute1000),
        new("POST", "/v2/bot/channel/webhook/test", null, PerSecond: PerHour60, Burst: 60),
        new("POST", "/v2/bot/channel/detach", null, NamesBot: false),
        new("GET", "/v2/bot/list", null, NamesBot: false),
    ];

    /// <exception cref="InvalidOperationException">A handler is mapped to a call that the table does not list: a bug.</exception>
    public static ApiRow Find(string method, string path) =>
        Rows.FirstOrDefault(row => row.Method == method && row.Path == path) ?? throw new InvalidOperationException($"{method} {path} is not in the table of calls.");
}
