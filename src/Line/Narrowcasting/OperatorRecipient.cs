namespace Line.Narrowcasting;

/// <summary>Sets combined: exactly one of the three.</summary>
public sealed record OperatorRecipient : Recipient
{
    /// <summary>In all of these.</summary>
    public IReadOnlyList<Recipient>? And { get; init; }

    /// <summary>In any of these.</summary>
    public IReadOnlyList<Recipient>? Or { get; init; }

    /// <summary>Not in this.</summary>
    public Recipient? Not { get; init; }

    internal override int Leaves => (And ?? []).Concat(Or ?? []).Sum(recipient => recipient.Leaves) + (Not?.Leaves ?? 0);

    private protected override string Kind => "operator";
}
