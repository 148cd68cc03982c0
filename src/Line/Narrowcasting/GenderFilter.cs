namespace Line.Narrowcasting;

/// <summary>People of a gender.</summary>
/// <param name="OneOf"><c>male</c>, <c>female</c>.</param>
public sealed record GenderFilter(IReadOnlyList<string> OneOf) : DemographicFilter
{
    private protected override string Kind => "gender";
}
