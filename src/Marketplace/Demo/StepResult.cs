namespace Marketplace.Demo;

/// <summary>How a step went.</summary>
/// <param name="Number">1, 2, 3, …</param>
/// <param name="Checked">What was seen; null when it failed.</param>
/// <param name="Expected">What should have come; null when it passed.</param>
/// <param name="Came">What came instead; null when it passed.</param>
internal sealed record StepResult(int Number, string Name, bool Passed, long Millis, string? Checked, string? Expected, string? Came);
