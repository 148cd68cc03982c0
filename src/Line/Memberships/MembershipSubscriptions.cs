namespace Line.Memberships;

/// <summary>LINE's answer on a person.</summary>
internal sealed record MembershipSubscriptions(IReadOnlyList<MembershipSubscription>? Subscriptions);
