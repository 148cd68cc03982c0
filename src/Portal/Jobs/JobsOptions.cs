namespace Portal.Jobs;

/// <summary>Work that comes round. Configuration section "Jobs".</summary>
public sealed class JobsOptions
{
    /// <summary>False: this process runs none, another one does. Default true.</summary>
    public bool Enabled { get; init; } = true;
}
