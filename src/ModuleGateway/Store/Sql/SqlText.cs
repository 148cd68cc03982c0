namespace ModuleGateway.Store.Sql;

/// <summary>Statements that both databases understand.</summary>
internal static class SqlText
{
    /// <param name="table">The table.</param>
    /// <param name="key">Its key's columns, by comma.</param>
    /// <param name="columns">All columns that are written, by comma, in the order of the parameters; the key's among them.</param>
    public static string Upsert(string table, string key, string columns)
    {
        var names = columns.Split(", ");
        var keys = key.Split(", ");
        var values = string.Join(", ", names.Select((_, i) => $"${i + 1}"));
        var changes = string.Join(", ", names.Except(keys).Select(name => $"{name} = excluded.{name}"));
        return $"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changes}";
    }
}
