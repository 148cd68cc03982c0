namespace Marketplace.Demo;

/// <summary>One thing that the story does and checks.</summary>
/// <param name="Name">What should happen, as a sentence without its full stop.</param>
/// <param name="PlayAsync">Does it; returns what was seen. Throws <see cref="StepFailedException"/> when something else came.</param>
internal sealed record Step(string Name, Func<Cast, CancellationToken, Task<string>> PlayAsync);
