namespace Line;

/// <summary>When a call is repeated by itself: never where it could have its effect twice.</summary>
/// <remarks>
/// <para>After a 500 or higher, a time-out or a lost connection nobody knows whether LINE did it. Repeated is what does no harm then: reads, calls
/// that set or clear something, and sends with a retry key, which gets one before the first attempt. Never repeated are a reply, a notification
/// message and whatever makes something new (a rich menu, an audience, a coupon): the failure is the caller's to judge.</para>
/// <para>After a 429 for LINE's pace nothing was done, so every call is repeated, after <c>Retry-After</c> where LINE sends one. The month's used-up
/// quota is 429 too and is not repeated. After a 401 a call is repeated once, where the token source has another token.</para>
/// <para>The wait before attempt n is drawn from the upper half of first × 2^(n-2), so that callers do not come back together.</para>
/// </remarks>
public sealed record LineRetry
{
    /// <summary>Nothing is repeated.</summary>
    public static readonly LineRetry None = new() { AttemptsMax = 1 };

    /// <summary>Four attempts, waits of about half a second, one and two seconds; none longer than 30 s.</summary>
    public static readonly LineRetry Standard = new();

    /// <summary>Most attempts, the first included: 1 to 10.</summary>
    public int AttemptsMax
    {
        get;
        init => field = value is >= 1 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A call is tried 1 to 10 times.");
    } = 4;

    /// <summary>Longest wait before the second attempt; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No wait is longer. Where LINE asks for a longer one (<c>Retry-After</c>), the call fails at once.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Draws the waits.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>How long to wait after an attempt; null when LINE asks for more patience than there is.</summary>
    internal TimeSpan? WaitAfter(int attempt, TimeSpan? asked)
    {
        if (asked is { } time)
            return time <= WaitMax ? time : null;

        var longest = Math.Min(FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), WaitMax.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.NextDouble() / 2)));
    }
}
