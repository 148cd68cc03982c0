namespace Line.Narrowcasting;

/// <summary>How many people a narrowcast goes to at most; LINE draws them.</summary>
public sealed record NarrowcastLimit
{
    /// <summary>1 or more; null: all who match.</summary>
    public int? Max { get; init; }

    /// <summary>No more than the month's quota still allows.</summary>
    public bool? UpToRemainingQuota { get; init; }

    /// <summary>Rather nobody than not everybody; only with <see cref="UpToRemainingQuota"/>. Its failure shows in the progress.</summary>
    public bool? ForbidPartialDelivery { get; init; }
}
