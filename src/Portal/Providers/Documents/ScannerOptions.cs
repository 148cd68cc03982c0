namespace Portal.Providers;

/// <summary>The virus scanner for documents. Configuration section "Scanner".</summary>
public sealed class ScannerOptions
{
    /// <summary>Where ClamAV's daemon listens: the path of its socket, or host:port. Null: only what we know ourselves is refused, the antivirus industry's test file.</summary>
    public string? Clamd { get; init; }

    /// <summary>Longest wait for a verdict. Default 30 s; a document whose scan took longer waits, closed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
