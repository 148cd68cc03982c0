using Tenancy;

namespace Portal.Operations.Suspensions;

/// <summary>Something that the operator stopped, why, and what it was before, so that it can be taken back.</summary>
public sealed class Suspension
{
    public const int ReasonMax = 500;

    public required Guid Id { get; init; }

    public required SuspensionKind Kind { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>Whose it is; they read the reason.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>Its name at the time, for lists.</summary>
    public required string Title { get; init; }

    public required string Reason { get; init; }

    public required PersonId SuspendedBy { get; init; }

    public required DateTimeOffset SuspendedAt { get; init; }

    /// <summary>What lifting it gives back, in the words of whoever suspends this kind.</summary>
    public required string Before { get; init; }

    public PersonId? LiftedBy { get; private set; }

    public DateTimeOffset? LiftedAt { get; private set; }

    public string? LiftReason { get; private set; }

    /// <summary>The subject while it is suspended, this row afterwards: unique, so that nothing is suspended twice at once.</summary>
    public required string OpenKey { get; set; }

    public static string KeyOf(SuspensionKind kind, Guid subject) => $"{kind}:{subject}";

    public void Lift(PersonId by, string reason, DateTimeOffset now)
    {
        (LiftedBy, LiftedAt, LiftReason) = (by, now, reason);
        OpenKey = $"lifted:{Id}";
    }
}
