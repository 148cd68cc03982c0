namespace ModuleGateway.Delivery;

/// <summary>How long is waited for an endpoint that fails: arithmetic, and a little chance.</summary>
internal sealed class EndpointWaits(DeliveryOptions options, Random random)
{
    public static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan ProbeWaitMax = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    /// <summary>When its provider is told: after an hour, after a day, two days and one day before the end.</summary>
    public TimeSpan[] NoticeAfter => [TimeSpan.FromHours(1), TimeSpan.FromDays(1), options.SwitchOffAfter - TimeSpan.FromDays(2), options.SwitchOffAfter - TimeSpan.FromDays(1)];

    /// <summary>A second after the first failure, after 6 s, after 16 s and when the endpoint may be asked.</summary>
    public TimeSpan Short(TimeSpan failingFor)
    {
        var next = options.FaultAfter;
        foreach (var point in (ReadOnlySpan<int>)[16, 6, 1])
        {
            if (TimeSpan.FromSeconds(point) > failingFor && TimeSpan.FromSeconds(point) < next)
                next = TimeSpan.FromSeconds(point);
        }

        return next > failingFor ? next - failingFor : TimeSpan.FromSeconds(1);
    }

    /// <summary>A wait with up to a fifth more: what failed together does not come back together.</summary>
    public TimeSpan Jitter(TimeSpan wait) => wait * (1 + (random.NextDouble() / 5));

    /// <summary>Until an endpoint that is down is asked again: twice as long each time, or as long as it wants.</summary>
    /// <param name="probes">How often it was asked in vain.</param>
    /// <param name="attempt">How it failed the last time.</param>
    public TimeSpan Probe(int probes, Attempt attempt)
    {
        var wait = FirstProbe * Math.Pow(2, Math.Min(probes, 5));
        wait = Jitter(wait < ProbeWaitMax ? wait : ProbeWaitMax);
        return attempt.RetryAfter is { } asked && asked > wait ? Pause(asked) : wait;
    }

    /// <summary>As long as a module wants to be left alone, within bounds.</summary>
    public static TimeSpan Pause(TimeSpan asked) => asked < PauseMax ? asked : PauseMax;
}
