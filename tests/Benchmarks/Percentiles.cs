namespace Benchmarks;

/// <summary>Order statistics of what was measured.</summary>
internal static class Percentiles
{
    /// <param name="share">0 to 1: 0.99 is the value that 99 in 100 do not exceed.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
