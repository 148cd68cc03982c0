namespace Marketplace.Hosting;

/// <summary>How an instance is started.</summary>
internal sealed record InstanceOptions
{
    /// <summary>The portal's port where nothing else is said.</summary>
    public const int DefaultPortBase = 5080;

    /// <summary>The data folder where nothing else is said, in the working folder.</summary>
    public const string DefaultDataFolder = "data";

    /// <summary>Databases, keys and secrets; null: the default for what is being done.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The portal's port; the other rooms follow in the order of <see cref="Room"/>. Null: what the data folder was made for, else <see cref="DefaultPortBase"/>.</summary>
    public int? PortBase { get; init; }

    /// <summary>Rooms that are not started. For tests that look at what their absence does.</summary>
    public IReadOnlyList<Room> Without { get; init; } = [];

    /// <summary>Configuration from the command line, laid over the host's own: "Section:Key" and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings { get; init; } = [];
}
