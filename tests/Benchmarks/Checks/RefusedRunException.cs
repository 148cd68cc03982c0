namespace Benchmarks.Checks;

/// <summary>The work was not done as it must be: what was measured counts for nothing.</summary>
internal sealed class RefusedRunException(string message, Exception? cause = null) : Exception(message, cause);
