namespace Tenancy;

public enum SubscriptionState { Active, Ended }

/// <summary>A tenant's right to use a plan on one bot. A free plan is a subscription of price 0.</summary>
public sealed class Subscription : ITenantOwned
{
    public required SubscriptionId Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required OfficialAccountId OfficialAccountId { get; init; }

    public required ModuleId ModuleId { get; init; }

    public required PlanId PlanId { get; set; }

    public required PriceId PriceId { get; set; }

    public required SubscriptionState State { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}
