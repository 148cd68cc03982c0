using Portal.Store;
using Tenancy;

namespace Portal.Audit;

/// <summary>Who did what, to whom it belongs, and what it was before and after. Saved in the change's own transaction.</summary>
public sealed class AuditRow : IAppendOnly
{
    /// <summary>Grows: a later row has a larger one.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null: nobody was signed in, or the marketplace did it by itself.</summary>
    public PersonId? PersonId { get; init; }

    /// <summary>As what they acted.</summary>
    public required ActingRole Role { get; init; }

    /// <summary>The organisation that it concerns, whose owners may read it; null: none.</summary>
    public TenantId? TenantId { get; init; }

    /// <summary>What was done: area and verb, as in <c>module.paused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: kind and id, as in <c>linkage:0199…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What mattered before, as small JSON; null: it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>What mattered after, likewise; null: it is gone.</summary>
    public string? After { get; init; }

    /// <summary>The network address that the request came from; null: no request.</summary>
    public string? Address { get; init; }

    /// <summary>Under which the log knows the request; null: no request.</summary>
    public string? RequestId { get; init; }
}
