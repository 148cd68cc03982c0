using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace BadInput;

/// <summary>Everything that gateway and LINE's platform keep, row by row, read from their files while they run.</summary>
/// <remarks>
/// Left out, for they follow the time and no call: how far the gateway's workers are (<c>progress</c>), and the access tokens that the gateway
/// itself has from LINE (<c>token</c>), and what becomes of a send that LINE accepted (<c>open_send</c> with a request, <c>sent_on_day</c>): the meter's worker counts it in its own
/// time. A send that should not have been one is seen at LINE, and before that as an <c>open_send</c> without a request.
/// </remarks>
internal sealed class KeptState(string gatewayFile, string lineFile) : IDisposable
{
    private readonly SqliteConnection _gateway = Open(gatewayFile), _line = Open(lineFile);
    private (long, long) _version = (-1, -1);
    private Dictionary<string, string> _rows = [];

    /// <summary>Deliveries whose outcome the gateway has not yet written down.</summary>
    public bool IsOwing
    {
        get
        {
            using var command = _gateway.CreateCommand();
            command.CommandText = "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 0)";
            return (long)command.ExecuteScalar()! == 1;
        }
    }

    /// <summary>What is other than when this was last asked; empty when nothing is.</summary>
    public IReadOnlyList<string> Changes()
    {
        var version = (Version(_gateway), Version(_line));
        if (version == _version)
            return []; // Nobody committed anything.

        _version = version;
        var rows = new Dictionary<string, string>();
        foreach (var table in Names(_gateway).Where(name => name is not ("progress" or "sent_on_day")))
            Read(_gateway, $"SELECT * FROM \"{table}\"{(table == "open_send" ? " WHERE request_id IS NULL" : "")}", "gateway " + table, rows);
        Read(_line, "SELECT kind, key, json FROM documents WHERE kind <> 'token'", "LINE", rows);
        Read(_line, "SELECT id, owner, type, length(bytes) FROM contents", "LINE contents", rows);
        var before = _rows;
        _rows = rows;
        return [.. before.Where(row => !rows.ContainsKey(row.Key)).Select(row => "- " + row.Value), .. rows.Where(row => !before.ContainsKey(row.Key)).Select(row => "+ " + row.Value)];
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _line.Dispose();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Another number as soon as another connection has committed.</summary>
    private static long Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }

    private static List<string> Names(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private static void Read(SqliteConnection connection, string sql, string name, Dictionary<string, string> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var text = new StringBuilder(name);
            for (var i = 0; i < reader.FieldCount; i++)
                text.Append(' ').Append(reader.GetName(i)).Append('=').Append(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i));
            var row = text.ToString();
            rows[Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(row)))] = row.Length > 400 ? row[..400] : row;
        }
    }
}
