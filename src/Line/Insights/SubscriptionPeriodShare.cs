namespace Line.Insights;

/// <summary>The part of who became a friend so long ago.</summary>
/// <param name="SubscriptionPeriod">Like <c>within30days</c>, <c>over365days</c> or <c>unknown</c>.</param>
/// <param name="Percentage">0 to 100.</param>
public sealed record SubscriptionPeriodShare(string SubscriptionPeriod, double Percentage);
