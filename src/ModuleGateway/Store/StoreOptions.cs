using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Store;

/// <summary>Where the gateway keeps its state. Configuration section "Store".</summary>
internal sealed class StoreOptions : IValidatableObject
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    /// <summary><c>Sqlite</c>: a file of this process alone. <c>PostgreSql</c>: a server (14 or newer) that several gateways share. Default: <c>Sqlite</c>.</summary>
    [AllowedValues(Sqlite, PostgreSql, ErrorMessage = "Sqlite or PostgreSql is expected.")]
    public string Provider { get; set; } = Sqlite;

    /// <summary>For <c>PostgreSql</c>: server, database and user; its tables lie in a schema of their own. Holds a password: never logged.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Connections that write at the same time, with PostgreSql: 1 to 64, default 8.</summary>
    [Range(1, 64)]
    public int WritersMax { get; set; } = 8;

    /// <summary>Connections that read at the same time, with PostgreSql: 1 to 64, default 4.</summary>
    [Range(1, 64)]
    public int ReadersMax { get; set; } = 4;

    /// <summary>Whether a PostgreSQL server that runs with fsync = off may be used. Tests and development only: it loses what it confirmed when its machine fails. Default: the start is refused.</summary>
    public bool AllowFsyncOff { get; set; }

    /// <summary>Folder of the embedded store's file; made when it is not there. Default: <c>Data:Folder</c>.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Works that share one flush at most: 1 to 4096, default 512.</summary>
    [Range(1, 4096)]
    public int GroupMax { get; set; } = 512;

    /// <summary>Works that may wait; one more is refused (LINE then gets 503): 1 to 100 000, default 8192.</summary>
    [Range(1, 100_000)]
    public int QueueMax { get; set; } = 8192;

    /// <summary>Bytes of events that may wait; a request that finds others waiting and goes beyond it is refused (LINE then gets 503): 1 MiB to 1 GiB, default 64 MiB.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public int QueueBytesMax { get; set; } = 64 * 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != PostgreSql)
            yield break;

        string? fault = null;
        try
        {
            var parts = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString);
            if (string.IsNullOrEmpty(parts.Host) || string.IsNullOrEmpty(parts.Database))
                fault = "names no server or no database";
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            fault = "cannot be read";
        }

        if (fault is not null)
            yield return new ValidationResult($"With Store:Provider PostgreSql, 'Host=...;Database=...;Username=...;Password=...' is expected; it {fault}.", [nameof(ConnectionString)]);
    }
}
