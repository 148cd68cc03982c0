namespace Benchmarks;

/// <summary>What a measure found.</summary>
/// <param name="Ratio">Median over the rounds of ours against the other's, each round's pair taken one after the other.</param>
/// <param name="Ours">Ours, absolute, with its unit: shown beside the ratio, never promised.</param>
/// <param name="Other">The other's, likewise.</param>
/// <param name="Rounds">Pairs taken.</param>
internal sealed record Measured(double Ratio, string Ours, string Other, int Rounds)
{
    /// <summary>Nothing was measured, for this reason.</summary>
    public static Measured Skipped(string why) => new(0, "", "", 0) { Verdict = new Verdict("", "not measured", IsMet: true), Note = why };

    /// <summary>What was measured counts for nothing, for this reason.</summary>
    public static Measured Refused(string why) => new(0, "", "", 0) { Verdict = new Verdict("", "refused", IsMet: false), Note = why, IsRefused = true };

    public bool IsRefused { get; private init; }

    /// <summary>Least and greatest ratio of the rounds; empty where there was one.</summary>
    public string Spread { get; init; } = "";

    /// <summary>Where the goal is more than a ratio: what was wanted, what was found, whether that is enough.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Bytes that one operation of ours allocates; null where that was not asked.</summary>
    public double? BytesAllocated { get; init; }

    /// <summary>What else there is to know: the workload, what was counted.</summary>
    public string Note { get; init; } = "";
}
