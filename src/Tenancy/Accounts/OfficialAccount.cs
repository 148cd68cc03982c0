using Line;

namespace Tenancy;

/// <summary>One LINE Official Account, claimed by the tenant whose consent connected it first. Written by the portal.</summary>
public sealed class OfficialAccount : ITenantOwned, IRevisioned
{
    public required OfficialAccountId Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>Unique: a bot belongs to one organisation.</summary>
    public required BotId BotId { get; init; }

    public required string DisplayName { get; set; }

    /// <summary>LINE's basic id, <c>@abc1234x</c>.</summary>
    public required string BasicId { get; set; }

    public string? PictureUrl { get; set; }

    /// <summary>Who answers first: the linkage that the owner chose; null when LINE's own channel answers.</summary>
    public LinkageId? DefaultLinkageId { get; set; }

    public required DateTimeOffset ClaimedAt { get; init; }

    public long Revision { get; set; }
}
