namespace Sandbox.Api;

/// <summary>How often a call may be made: so many at once, refilled evenly over the period. Source: reference, "Rate limits".</summary>
internal sealed record Rate(int Calls, TimeSpan Period)
{
    /// <summary>For every call that LINE's table does not name.</summary>
    public static readonly Rate Usual = PerSecond(2000);

    public double RefillPerSecond => Calls / Period.TotalSeconds;

    public static Rate PerSecond(int calls) => new(calls, TimeSpan.FromSeconds(1));

    public static Rate PerMinute(int calls) => new(calls, TimeSpan.FromMinutes(1));

    public static Rate PerHour(int calls) => new(calls, TimeSpan.FromHours(1));
}
