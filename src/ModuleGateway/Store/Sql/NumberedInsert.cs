namespace ModuleGateway.Store.Sql;

/// <summary>Adds a row to a table whose rows have a number of their own. Numbers grow, and none is used again, not even one whose row is gone.</summary>
/// <remarks>A server gives the number itself. In a file it is the writer's to give, from a stretch that it has reserved: SQLite's own way writes one more page in each transaction.</remarks>
internal sealed class NumberedInsert
{
    /// <param name="table">The table.</param>
    /// <param name="key">Its number's column.</param>
    /// <param name="columns">The other columns, by comma, in the order of the values.</param>
    public NumberedInsert(string table, string key, string columns)
    {
        var count = columns.Split(", ").Length;
        var values = string.Join(", ", Enumerable.Range(1, count).Select(i => $"${i}"));
        Table = table;
        WithNumber = $"INSERT INTO {table} ({columns}, {key}) VALUES ({values}, ${count + 1})";
        WithNumberIfNew = WithNumber + " ON CONFLICT DO NOTHING";
        WithoutNumber = $"INSERT INTO {table} ({columns}) VALUES ({values})";
        Returning = $"{WithoutNumber} RETURNING {key}";
        ReturningIfNew = $"{WithoutNumber} ON CONFLICT DO NOTHING RETURNING {key}";
        Highest = $"SELECT max({key}) FROM {table}";
    }

    public string Table { get; }

    /// <summary>The number is the last value.</summary>
    public string WithNumber { get; }

    public string WithNumberIfNew { get; }

    public string WithoutNumber { get; }

    public string Returning { get; }

    public string ReturningIfNew { get; }

    public string Highest { get; }
}
