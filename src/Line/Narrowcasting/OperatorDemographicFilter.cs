namespace Line.Narrowcasting;

/// <summary>Conditions combined: exactly one of the three.</summary>
public sealed record OperatorDemographicFilter : DemographicFilter
{
    /// <summary>All of these.</summary>
    public IReadOnlyList<DemographicFilter>? And { get; init; }

    /// <summary>Any of these.</summary>
    public IReadOnlyList<DemographicFilter>? Or { get; init; }

    /// <summary>Not this.</summary>
    public DemographicFilter? Not { get; init; }

    internal override int Leaves => (And ?? []).Concat(Or ?? []).Sum(filter => filter.Leaves) + (Not?.Leaves ?? 0);

    private protected override string Kind => "operator";
}
