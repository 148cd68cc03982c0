namespace Tenancy;

/// <summary>Which database holds registry and portal. Configuration section "Database".</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Database";

    /// <summary>The embedded default's file, in <see cref="DataOptions.Folder"/>.</summary>
    public const string DefaultFile = "market.db";

    /// <summary><c>Sqlite</c>, <c>PostgreSql</c> or <c>SqlServer</c>, a name of <see cref="DatabaseProvider"/>. Default: <c>Sqlite</c>.</summary>
    public string Provider { get; set; } = nameof(DatabaseProvider.Sqlite);

    /// <summary>In the provider's own form. Required but for Sqlite, whose default is <see cref="DefaultFile"/> in the data folder.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The provider, once validated.</summary>
    public DatabaseProvider ProviderKind => Enum.Parse<DatabaseProvider>(Provider);
}
