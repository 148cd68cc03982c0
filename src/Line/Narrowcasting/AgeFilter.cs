namespace Line.Narrowcasting;

/// <summary>People of an age.</summary>
/// <param name="Gte">At least this old: <c>age_15</c>, <c>age_20</c> ... <c>age_70</c>.</param>
/// <param name="Lt">Younger than this.</param>
public sealed record AgeFilter(string? Gte = null, string? Lt = null) : DemographicFilter
{
    private protected override string Kind => "age";
}
