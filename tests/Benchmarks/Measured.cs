namespace Benchmarks;

/// <summary>What a measure found.</summary>
/// <param name="Ratio">Median over the rounds of ours against the other's, each round's pair taken one after the other.</param>
/// <param name="Ours">Ours, absolute, with its unit: shown beside the ratio, never promised.</param>
/// <param name="Other">The other's, likewise.</param>
/// <param name="Rounds">Pairs taken.</param>
internal sealed record Measured(double Ratio, string Ours, string Other, int Rounds)
{
    /// <summary>Bytes that one operation of ours allocates; null where that was not asked.</summary>
    public double? BytesAllocated { get; init; }

    /// <summary>What else there is to know: the workload, what was counted.</summary>
    public string Note { get; init; } = "";
}
