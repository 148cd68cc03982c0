namespace Line.Memberships;

/// <summary>A person's membership.</summary>
/// <param name="Membership">The plan; how many members it has is not told here.</param>
/// <param name="User">The person in it.</param>
public sealed record MembershipSubscription(MembershipPlan Membership, Member User);
