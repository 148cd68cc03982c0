namespace Line;

/// <summary>What may be said of a send beside its messages.</summary>
public sealed record SendOptions
{
    /// <summary>Makes the same send, repeated within 24 hours, arrive once. Null: one is made for the client's own repeating.</summary>
    public Guid? RetryKey { get; init; }

    /// <summary>Whether phones stay silent.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Counts this send under a name in LINE's statistics: 1 to 30 letters, digits and underscores, 1000 names a month. Push and multicast only.</summary>
    public string? AggregationUnit { get; init; }
}
