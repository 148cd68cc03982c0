namespace Benchmarks;

/// <summary>A goal that is no ratio.</summary>
/// <param name="Goal">What is wanted, in the table's words.</param>
/// <param name="Found">What was found, likewise.</param>
internal sealed record Verdict(string Goal, string Found, bool IsMet);
