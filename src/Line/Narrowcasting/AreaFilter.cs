namespace Line.Narrowcasting;

/// <summary>People of an area.</summary>
/// <param name="OneOf"><c>jp_01</c> ... <c>jp_47</c>, <c>tw_01</c> ... <c>tw_22</c>, <c>th_01</c> ... <c>th_08</c>.</param>
public sealed record AreaFilter(IReadOnlyList<string> OneOf) : DemographicFilter
{
    private protected override string Kind => "area";
}
