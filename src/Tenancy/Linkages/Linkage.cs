using Line;

namespace Tenancy;

/// <summary>Where a linkage is in its life. Ended is final for the subscription, not for the ids: attach again and they are the same.</summary>
public enum LinkageState { InSetUp, On, Paused, Suspended, Ended }

/// <summary>A partner's module attached to a bot. Ids are linkage-scoped and outlive detach until erased. Written by the portal.</summary>
/// <remarks>One row for each (bot, module), forever: a later purchase takes the same row up again.</remarks>
public sealed class Linkage : ITenantOwned, IRevisioned
{
    public required LinkageId Id { get; init; }

    /// <summary>The organisation that owns the bot.</summary>
    public required TenantId TenantId { get; init; }

    public required OfficialAccountId OfficialAccountId { get; init; }

    public required BotId BotId { get; init; }

    public required ModuleId ModuleId { get; init; }

    public required LinkageState State { get; set; }

    /// <summary>What the owner granted to this module; the gateway intersects it with the connection's.</summary>
    public required IReadOnlyList<string> Scopes { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TurnedOnAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public long Revision { get; set; }

    public OfficialAccount? OfficialAccount { get; init; }
}
