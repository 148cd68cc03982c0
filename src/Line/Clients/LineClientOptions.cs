namespace Line;

/// <summary>How a <see cref="LineClient"/> calls LINE.</summary>
public sealed record LineClientOptions
{
    /// <summary>Where LINE is; a gateway's or a test server's origin takes its place.</summary>
    public LineEndpoints Endpoints { get; init; } = LineEndpoints.Line;

    /// <summary>What is repeated, how often and when.</summary>
    public LineRetry Retry { get; init; } = LineRetry.Standard;

    /// <summary>Whether requests are held against LINE's published limits first: what LINE would refuse is a <see cref="LineValidationException"/> and is not sent.</summary>
    public bool ChecksLimits { get; init; } = true;

    /// <summary>Tells the time between attempts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
