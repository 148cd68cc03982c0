namespace Line.Memberships;

/// <summary>LINE's answer to a list call.</summary>
internal sealed record MembershipPlans(IReadOnlyList<MembershipPlan>? Memberships);
