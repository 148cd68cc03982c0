namespace ModuleGateway.Docs;

/// <summary>One field of a query or a form.</summary>
internal sealed record CallField(string Name, bool IsRequired);

/// <summary>A token endpoint: it takes its fields from the query where it is a GET, else from a form.</summary>
internal sealed record TokenCall(HttpMethod Method, string Path, IReadOnlyList<CallField> Fields);

/// <summary>What LINE's calls take in their query, which the gateway passes on unread, and what the token endpoints take.</summary>
/// <remarks>Source: LINE's API descriptions; "LINE notification messages" for the count of the template kind.</remarks>
internal static class CallFields
{
    /// <summary>By call; a star stands behind what must be given.</summary>
    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["GET /v2/bot/list"] = "limit start",
        ["GET /v2/bot/followers/ids"] = "limit start",
        ["GET /v2/bot/group/{groupId}/members/ids"] = "start",
        ["GET /v2/bot/room/{roomId}/members/ids"] = "start",
        ["GET /v2/bot/coupon"] = "status limit start",
        ["GET /v2/bot/richmenu/progress/batch"] = "requestId*",
        ["GET /v2/bot/message/progress/narrowcast"] = "requestId*",
        ["GET /v2/bot/message/aggregation/list"] = "limit start",
        ["GET /v2/bot/message/delivery/reply"] = "date*",
        ["GET /v2/bot/message/delivery/push"] = "date*",
        ["GET /v2/bot/message/delivery/multicast"] = "date*",
        ["GET /v2/bot/message/delivery/broadcast"] = "date*",
        ["GET /v2/bot/message/delivery/pnp/templated"] = "date*",
        ["GET /v2/bot/audienceGroup/list"] = "page* size description status createRoute includesExternalPublicGroups",
        ["GET /v2/bot/audienceGroup/shared/list"] = "page* size description status createRoute includesOwnedAudienceGroups",
        ["GET /v2/bot/insight/message/delivery"] = "date*",
        ["GET /v2/bot/insight/followers"] = "date*", // Optional in LINE's description; its prose, and LINE, ask for it.
        ["GET /v2/bot/insight/message/event"] = "requestId*",
        ["GET /v2/bot/insight/message/event/aggregation"] = "customAggregationUnit* from* to*",
        ["GET /v2/bot/insight/richmenu/{richMenuId}/summary"] = "from* to*",
        ["GET /v2/bot/insight/richmenu/{richMenuId}/daily"] = "from* to*",
    };

    public static IReadOnlyList<TokenCall> Tokens { get; } =
    [
        new(HttpMethod.Post, "/oauth2/v3/token", Read("grant_type* client_id client_secret client_assertion_type client_assertion")),
        new(HttpMethod.Post, "/oauth2/v2.1/token", Read("grant_type* client_assertion_type* client_assertion*")),
        new(HttpMethod.Get, "/oauth2/v2.1/verify", Read("access_token*")),
        new(HttpMethod.Get, "/oauth2/v2.1/tokens/kid", Read("client_assertion_type* client_assertion*")),
        new(HttpMethod.Post, "/oauth2/v2.1/revoke", Read("client_id* client_secret* access_token*")),
        new(HttpMethod.Post, "/v2/oauth/accessToken", Read("grant_type* client_id* client_secret*")),
        new(HttpMethod.Post, "/v2/oauth/verify", Read("access_token*")),
        new(HttpMethod.Post, "/v2/oauth/revoke", Read("access_token*")),
    ];

    /// <summary>The query of a call, named by method and path.</summary>
    public static IReadOnlyList<CallField> QueryOf(string call) => Queries.TryGetValue(call, out var names) ? Read(names) : [];

    private static CallField[] Read(string names) => [.. names.Split(' ').Select(name => new CallField(name.TrimEnd('*'), name.EndsWith('*')))];
}
