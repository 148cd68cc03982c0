namespace Benchmarks;

/// <summary>How long the measures take that run servers.</summary>
/// <param name="Rounds">Pairs of each.</param>
/// <param name="Requests">Of each round, where as many as possible are sent.</param>
/// <param name="Duration">Of each round at a given rate.</param>
/// <param name="IsLarge">Growth and waiting in the size of the promise; otherwise a tenth of it, which runs in a minute.</param>
internal sealed record Effort(int Rounds, int Requests, TimeSpan Duration, bool IsLarge)
{
    private const string Quick = "--quick";
    private const string Large = "--large";

    /// <summary>Takes its words out of the command line.</summary>
    public static (Effort Effort, string[] Others) Read(string[] args)
    {
        var isLarge = args.Contains(Large);
        var effort = args.Contains(Quick) ? new Effort(3, 5_000, TimeSpan.FromSeconds(2), isLarge) : new Effort(7, 20_000, TimeSpan.FromSeconds(4), isLarge);
        return (effort, [.. args.Except([Quick, Large])]);
    }
}
