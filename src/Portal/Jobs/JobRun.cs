namespace Portal.Jobs;

/// <summary>When a job ran last, how it ended, and when it is due again. One row a job.</summary>
public sealed class JobRun
{
    internal const int NameMax = 40;
    internal const int FailureMax = 300;

    public required string Name { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until when the process that runs it has it for itself; null: nobody does. A process that died gives it up by this time.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the last run ended, well or not.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why the last run ended badly, for operators; null: it went well.</summary>
    public string? Failure { get; set; }

    /// <summary>Bad ends since the last good one.</summary>
    public int FailuresInARow { get; set; }
}
