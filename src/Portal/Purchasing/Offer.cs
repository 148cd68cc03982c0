using Tenancy;

namespace Portal.Purchasing;

/// <summary>What is bought: one plan of one listed module, at the price that is in the shop window.</summary>
/// <param name="Name">In the reader's language.</param>
/// <param name="IsInstallable">False for a sample listing that no service stands behind.</param>
public sealed record Offer(
    string ListingSlug,
    string Name,
    string ProviderName,
    string? IconUrl,
    bool IsInstallable,
    ModuleId ModuleId,
    ModuleRole Role,
    IReadOnlyList<string> RequiredScopes,
    IReadOnlyList<string> OptionalScopes,
    string? SetUpUrl,
    PlanId PlanId,
    string PlanCode,
    string PlanName,
    Price Price)
{
    /// <summary>Payment is not part of this house yet: only plans of price 0 can be ordered.</summary>
    public bool IsFree => Price.Amount.IsZero;

    /// <summary>All that the module may use, as the review page grants it.</summary>
    public IReadOnlyList<string> Scopes => [.. RequiredScopes, .. OptionalScopes.Except(RequiredScopes)];

    /// <summary>What a consent at LINE asks for: never less than the account has, nor than the base set, so that a next module seldom needs another trip.</summary>
    /// <param name="connected">What the account has granted already.</param>
    public IReadOnlyList<string> ScopesToAskFor(IReadOnlyList<string> connected) => [.. Tenancy.Scopes.Base.Union(connected).Union(Scopes)];
}
