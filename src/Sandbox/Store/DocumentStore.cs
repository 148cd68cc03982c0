using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sandbox.Http;

namespace Sandbox.Store;

/// <summary>Where the aggregates keep themselves over a restart: JSON documents by kind and key, and the bytes of pictures, in one SQLite file.</summary>
/// <remarks>
/// The aggregates answer from memory and write here before they answer, so what a caller was told survives <c>kill -9</c>. Without a file everything
/// lives in memory and dies with the process. Thread-safe: one connection, one lock; SQLite is called synchronously because its driver has no other way.
/// </remarks>
internal sealed class DocumentStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    /// <param name="dataFile">Path of the file, made when absent; null: memory only.</param>
    /// <exception cref="InvalidOperationException">The file cannot be opened as a database; the message names the key and the path.</exception>
    public DocumentStore(string? dataFile)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = dataFile ?? ":memory:", Pooling = false }.ConnectionString);
        try
        {
            if (Path.GetDirectoryName(dataFile) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);

            _connection.Open();
            // WAL with NORMAL: a killed process loses nothing, a power cut at most the last instant. That is enough for a stand-in.
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;");
            Execute("CREATE TABLE IF NOT EXISTS documents (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;");
            Execute("CREATE TABLE IF NOT EXISTS contents (id TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL);");
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            _connection.Dispose();
            throw new InvalidOperationException($"Sandbox:DataFile must name a SQLite file that can be written; '{dataFile}' cannot be opened: {failure.Message}", failure);
        }
    }

    public void Put<T>(string kind, string key, T document)
    {
        var json = JsonSerializer.Serialize(document, Json.Options);
        lock (_lock)
            Execute("INSERT INTO documents (kind, key, json) VALUES ($kind, $key, $json) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json;", ("$kind", kind), ("$key", key), ("$json", json));
    }

    public void Delete(string kind, string key)
    {
        lock (_lock)
            Execute("DELETE FROM documents WHERE kind = $kind AND key = $key;", ("$kind", kind), ("$key", key));
    }

    /// <summary>All documents of a kind, in the order of their keys.</summary>
    public IReadOnlyList<T> All<T>(string kind)
    {
        lock (_lock)
        {
            using var command = Command("SELECT json FROM documents WHERE kind = $kind ORDER BY key;", ("$kind", kind));
            using var reader = command.ExecuteReader();
            var documents = new List<T>();
            while (reader.Read())
                documents.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), Json.Options) ?? throw new InvalidOperationException($"A stored {kind} is null."));
            return documents;
        }
    }

    public T? Find<T>(string kind, string key)
    {
        lock (_lock)
        {
            using var command = Command("SELECT json FROM documents WHERE kind = $kind AND key = $key;", ("$kind", kind), ("$key", key));
            return command.ExecuteScalar() is string json ? JsonSerializer.Deserialize<T>(json, Json.Options) : default;
        }
    }

    public void PutContent(string id, StoredContent content)
    {
        lock (_lock)
            Execute("INSERT INTO contents (id, owner, type, bytes) VALUES ($id, $owner, $type, $bytes);", ("$id", id), ("$owner", content.Owner), ("$type", content.Type), ("$bytes", content.Bytes));
    }

    public StoredContent? FindContent(string id)
    {
        lock (_lock)
        {
            using var command = Command("SELECT owner, type, bytes FROM contents WHERE id = $id;", ("$id", id));
            using var reader = command.ExecuteReader();
            return reader.Read() ? new StoredContent(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)) : null;
        }
    }

    public void DeleteContent(string id)
    {
        lock (_lock)
            Execute("DELETE FROM contents WHERE id = $id;", ("$id", id));
    }

    /// <summary>Erases the bytes of a picture that was taken back, and remembers that it was there.</summary>
    public void DropContent(string id)
    {
        lock (_lock)
            Execute("UPDATE contents SET type = $type, bytes = x'' WHERE id = $id;", ("$type", StoredContent.Gone), ("$id", id));
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
