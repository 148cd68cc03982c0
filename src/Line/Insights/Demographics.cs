namespace Line.Insights;

/// <summary>Who friends are; parts are percentages.</summary>
/// <param name="Available">Whether LINE tells.</param>
public sealed record Demographics(bool Available)
{
    /// <summary>By gender.</summary>
    public IReadOnlyList<GenderShare>? Genders { get; init; }

    /// <summary>By age.</summary>
    public IReadOnlyList<AgeShare>? Ages { get; init; }

    /// <summary>By area.</summary>
    public IReadOnlyList<AreaShare>? Areas { get; init; }

    /// <summary>By phone.</summary>
    public IReadOnlyList<AppTypeShare>? AppTypes { get; init; }

    /// <summary>By how long they have been friends.</summary>
    public IReadOnlyList<SubscriptionPeriodShare>? SubscriptionPeriods { get; init; }
}
