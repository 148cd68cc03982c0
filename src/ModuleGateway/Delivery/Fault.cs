namespace ModuleGateway.Delivery;

/// <summary>Who is at fault for a failure.</summary>
internal enum Fault : byte
{
    /// <summary>Nobody knows yet: it has not failed for long enough, or we could not ask.</summary>
    Unknown,

    /// <summary>The endpoint answers LINE's verification request: it is the event.</summary>
    Event,

    /// <summary>The endpoint does not answer, or has been switched off.</summary>
    Endpoint,
}
