namespace Line;

/// <summary>What an account manager is asked to consent to. Keep it until the code is exchanged: LINE wants the same values again.</summary>
public sealed record AttachRequest
{
    /// <summary>Where LINE sends the browser with the code: one of the URLs registered for the channel, to the letter.</summary>
    public required string RedirectUrl { get; init; }

    /// <summary>Permissions, like <c>message:send</c>; at least one.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Random letters and digits, bound to the browser's session, that come back with the code.</summary>
    public required string State { get; init; }

    /// <summary>Only the account with this basic id, like <c>@abc1234x</c>.</summary>
    public string? BasicSearchId { get; init; }

    /// <summary>Only accounts of this region: JP or TW.</summary>
    public string? Region { get; init; }

    /// <summary>Only accounts of these kinds: premium, verified, unverified. Empty: any.</summary>
    public IReadOnlyList<string> BrandTypes { get; init; } = [];

    /// <summary>Binds the code to who asked for it.</summary>
    public Pkce? Pkce { get; init; }
}
