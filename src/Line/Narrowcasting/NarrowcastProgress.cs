namespace Line.Narrowcasting;

/// <summary>How far a narrowcast is.</summary>
/// <param name="Phase"><c>waiting</c>, <c>sending</c>, <c>succeeded</c> or <c>failed</c>; an open set.</param>
/// <param name="AcceptedTime">When LINE took it.</param>
public sealed record NarrowcastProgress(string Phase, DateTimeOffset AcceptedTime)
{
    /// <summary>Nothing more will happen.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOver => Phase is "succeeded" or "failed";

    /// <summary>How many got it.</summary>
    public long? SuccessCount { get; init; }

    /// <summary>How many could not get it.</summary>
    public long? FailureCount { get; init; }

    /// <summary>How many were meant to get it.</summary>
    public long? TargetCount { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailedDescription { get; init; }

    /// <summary>Why it failed: 1 LINE's own error, 2 too few people, 3 accepted before, 4 an audience under 50, 5 only a part could have got it.</summary>
    public long? ErrorCode { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? CompletedTime { get; init; }
}
