namespace Line.Narrowcasting;

/// <summary>People with a kind of phone.</summary>
/// <param name="OneOf"><c>ios</c>, <c>android</c>.</param>
public sealed record AppTypeFilter(IReadOnlyList<string> OneOf) : DemographicFilter
{
    private protected override string Kind => "appType";
}
