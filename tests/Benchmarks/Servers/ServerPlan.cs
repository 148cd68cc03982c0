using Benchmarks.Load;

namespace Benchmarks.Servers;

/// <summary>Which server a process of its own is to be, and what it needs for that. Handed over as one line of JSON.</summary>
/// <param name="Kind">One of <see cref="ServerKinds"/>.</param>
/// <param name="Folder">Where it keeps its files.</param>
/// <param name="OutsidePort">Where modules and LINE are.</param>
internal sealed record ServerPlan(string Kind, string Folder, int OutsidePort)
{
    /// <summary>Whom the registry gets before the gateway is ready; null: it stays as it is.</summary>
    public Population? Links { get; init; }

    /// <summary>More configuration of the gateway's.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];
}

internal static class ServerKinds
{
    /// <summary>The gateway.</summary>
    public const string Gateway = "gateway";

    /// <summary>Kestrel with a handler that reads the body.</summary>
    public const string Bare = "bare";

    /// <summary>Kestrel that appends each body to a file and answers after a shared flush.</summary>
    public const string Append = "append";

    /// <summary>Kestrel that hands each body on with HttpClient and answers after the module did.</summary>
    public const string Forward = "forward";
}
