namespace Portal.Gateway;

/// <summary>Asks the gateway to take an account manager to LINE's consent page and back.</summary>
/// <param name="Id">Ours; the same id again starts the trip anew, and only its latest trip counts.</param>
/// <param name="Scopes">LINE's scope names to ask for.</param>
/// <param name="BasicSearchId">LINE's basic id, <c>@abc1234x</c>: only this account may be chosen; null: any.</param>
/// <param name="Region">TW or JP: only accounts of this region; null: any.</param>
/// <param name="ReturnUrl">Where the browser goes afterwards; <c>attachRequest={id}</c> and <c>proof</c> are added to its query.</param>
public sealed record AttachRequest(Guid Id, IReadOnlyList<string> Scopes, string? BasicSearchId, string? Region, Uri ReturnUrl);
