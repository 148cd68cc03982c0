using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Whether a module's endpoint gets deliveries.</summary>
internal enum Circuit : byte
{
    /// <summary>It does.</summary>
    Closed = 0,

    /// <summary>It did not answer LINE's verification request: everything waits, and it is asked again from time to time.</summary>
    Open = 1,

    /// <summary>Switched off: what waits, and what comes, are dead letters.</summary>
    Off = 2,
}

/// <summary>What the provider of a module is told about its endpoint.</summary>
internal enum EndpointNotice : byte
{
    /// <summary>It has not answered for an hour.</summary>
    Down = 0,

    /// <summary>It has not answered for a day.</summary>
    DownForADay = 1,

    /// <summary>It will be switched off in two days.</summary>
    OffInTwoDays = 2,

    /// <summary>It will be switched off in a day.</summary>
    OffInADay = 3,

    SwitchedOff = 4,

    /// <summary>It answers again, or was switched on again.</summary>
    Recovered = 5,
}

/// <summary>A module's endpoint, from the first time that it did not answer.</summary>
/// <param name="Url">The URL that it is said of: another one is another endpoint.</param>
/// <param name="Since">When the circuit came to be as it is.</param>
internal sealed record EndpointStateRow(ModuleId Module, Circuit Circuit, string Url, DateTimeOffset Since)
{
    /// <summary>Verification requests in vain since it opened.</summary>
    public int Probes { get; init; }

    /// <summary>When an open one is asked next.</summary>
    public DateTimeOffset? ProbeAt { get; init; }

    /// <summary>Until when the module asked to be left alone.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Notices of its being down that its provider has got since it opened.</summary>
    public int Notices { get; init; }
}

/// <summary>One notice, as it stands in the store.</summary>
internal sealed record EndpointNoticeRow(ModuleId Module, DateTimeOffset At, EndpointNotice Kind, string Url);

internal interface IEndpointStateRows
{
    EndpointStateRow? Find(ModuleId module);

    IReadOnlyList<EndpointStateRow> All();

    void Put(EndpointStateRow state);

    /// <summary>Keeps a notice for the module's provider; those of thirty days ago go.</summary>
    void Tell(EndpointNoticeRow notice);

    /// <summary>A module's notices, newest first.</summary>
    IReadOnlyList<EndpointNoticeRow> Notices(ModuleId module, int max);
}
