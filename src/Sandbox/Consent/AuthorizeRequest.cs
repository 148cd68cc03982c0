using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Http;

namespace Sandbox.Consent;

/// <summary>The parameters of an authorization URL, read and found right.</summary>
/// <param name="Scopes">What is asked for, in the order of the consent page.</param>
/// <param name="BrandTypes">Account types that may be linked; empty: all.</param>
internal sealed record AuthorizeRequest(
    Channel Channel, string RedirectUri, IReadOnlyList<string> Scopes, string State, Region? Region, string? BasicSearchId, IReadOnlyList<BrandType> BrandTypes,
    string? CodeChallenge, string? RawScope, string? RawRegion, string? RawBrandType)
{
    /// <summary>Reads the query. Either the request, or a fault; a fault has a redirect URL only where that may be trusted.</summary>
    public static (AuthorizeRequest? Request, AuthorizeFault? Fault) Read(IQueryCollection query, ChannelDirectory channels)
    {
        // Until client and redirect URL are known to belong together, nobody is sent anywhere.
        if (!channels.TryFind(Text(query, "client_id"), out var channel) || channel.Kind != ChannelKind.Module)
            return (null, new AuthorizeFault("invalid_request", "client_id names no module channel.", RedirectUri: null, State: null));
        if (Text(query, "redirect_uri") is not { } redirectUri || !channel.RedirectUrls.Contains(redirectUri, StringComparer.Ordinal) || !PublicAddress.IsAllowed(redirectUri))
            return (null, new AuthorizeFault("invalid_request", "redirect_uri is not registered for this channel.", RedirectUri: null, State: null));

        var state = Text(query, "state");
        if (state is null || Uri.UnescapeDataString(state) != state)
            return Faulty("invalid_request", "state must be given, and must not be a URL-encoded string.");
        if (Text(query, "response_type") != "code")
            return Faulty("unsupported_response_type", "response_type must be code.");

        var asked = Words(query, "scope");
        if (asked.Count == 0 || asked.Except(Tokens.Scopes.All, StringComparer.Ordinal).Any())
            return Faulty("invalid_scope", $"scope must name one or more of {string.Join(' ', Tokens.Scopes.All)}.");

        var rawRegion = Text(query, "region");
        Region? region = rawRegion switch { "JP" => Accounts.Region.Jp, "TW" => Accounts.Region.Tw, _ => null };
        if (rawRegion is not null && region is null)
            return Faulty("invalid_request", "region must be JP or TW.");

        var brandWords = Words(query, "brand_type");
        if (!brandWords.All(word => word is "premium" or "verified" or "unverified"))
            return Faulty("invalid_request", "brand_type must be premium, verified or unverified.");

        var challenge = Text(query, "code_challenge");
        var method = Text(query, "code_challenge_method");
        if ((challenge is null) != (method is null) || (method is not null && method != "S256") || (challenge is not null && !PkceCheck.IsWellFormed(challenge)))
            return Faulty("invalid_request", "code_challenge needs code_challenge_method S256, and is the SHA-256 of the verifier in base64url.");

        return (new AuthorizeRequest(
            channel, redirectUri, [.. Tokens.Scopes.All.Where(asked.Contains)], state, region, Text(query, "basic_search_id"),
            [.. brandWords.Select(word => Enum.Parse<BrandType>(word, ignoreCase: true))], challenge, Text(query, "scope"), rawRegion, Text(query, "brand_type")), null);

        (AuthorizeRequest?, AuthorizeFault?) Faulty(string error, string description) => (null, new AuthorizeFault(error, description, redirectUri, state));
    }

    /// <summary>Whether an account fits the restrictions of the request.</summary>
    public bool Allows(OfficialAccount account) =>
        !account.IsSuspended
        && (Region is null || account.Region == Region)
        && (BrandTypes.Count == 0 || BrandTypes.Contains(account.BrandType))
        && (BasicSearchId is null || account.BasicId == BasicSearchId || account.PremiumId == BasicSearchId);

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static List<string> Words(IQueryCollection query, string name) =>
        [.. (Text(query, name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
}
