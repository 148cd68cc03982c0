namespace Benchmarks.Load;

/// <summary>A webhook request as a module got it.</summary>
/// <param name="At">When its body was read: a <see cref="System.Diagnostics.Stopwatch"/>'s instant of this process.</param>
/// <param name="Signature">What came in <c>x-line-signature</c>; null where nothing did.</param>
internal sealed record Arrival(int Module, long At, byte[] Body, string? Signature);
