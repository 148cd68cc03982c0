namespace Line.Narrowcasting;

/// <summary>People who have been friends for some time.</summary>
/// <param name="Gte">At least this long: <c>day_7</c>, <c>day_30</c>, <c>day_90</c>, <c>day_180</c>, <c>day_365</c>.</param>
/// <param name="Lt">Shorter than this.</param>
public sealed record SubscriptionPeriodFilter(string? Gte = null, string? Lt = null) : DemographicFilter
{
    private protected override string Kind => "subscriptionPeriod";
}
