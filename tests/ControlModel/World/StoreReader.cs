using System.Data;
using System.Data.Common;
using System.Globalization;

namespace ControlModel.World;

/// <summary>Looks into a gateway's store from outside, whatever database it is: everything new since the last look, in one snapshot.</summary>
/// <param name="schema">Before each table's name: the schema and a dot, or nothing.</param>
internal sealed class StoreReader(Func<DbConnection> connect, string schema)
{
    /// <summary>A server gives ids out in one order and commits in another: so far back may something new appear.</summary>
    private const int Overlap = 5_000;

    private readonly HashSet<long> _deliveries = [];
    private readonly HashSet<long> _events = [];

    public async Task<Rows> ReadNewAsync()
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        var rows = new Rows(
            await ReadAsync(
                snapshot,
                $"""
                SELECT d.id, e.webhook_event_id, e.type, e.channel, e.bot, d.linkage, d.chat, d.is_active, d.epoch, d.state
                FROM {schema}delivery d JOIN {schema}event e ON e.seq = d.event_seq WHERE d.id > {From(_deliveries)} ORDER BY d.id
                """,
                _deliveries,
                row => new DeliveryEvidence(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3), Hex(row.GetValue(4)), Id(row.GetValue(5)), row.IsDBNull(6) ? null : Hex(row.GetValue(6)),
                    Convert.ToInt64(row.GetValue(7), CultureInfo.InvariantCulture) == 1, row.GetInt64(8), Convert.ToInt64(row.GetValue(9), CultureInfo.InvariantCulture) == 2)),
            await ReadAsync(
                snapshot, $"SELECT seq, webhook_event_id, last_received_at FROM {schema}event WHERE channel IS NOT NULL AND seq > {From(_events)} ORDER BY seq", _events,
                row => new EventEvidence(row.GetInt64(0), row.GetString(1), Millis(row.GetValue(2)))),
            await ReadEpochsAsync(snapshot));
        await snapshot.RollbackAsync();
        return rows;
    }

    private async Task<IReadOnlyList<EpochEvidence>> ReadEpochsAsync(DbTransaction snapshot)
    {
        var chats = await ReadAsync(snapshot, $"SELECT 0, bot, chat, epoch FROM {schema}chat", null, row => (Bot: Hex(row.GetValue(1)), Chat: Hex(row.GetValue(2)), Epoch: row.GetInt64(3)));
        var accounts = await ReadAsync(snapshot, $"SELECT 0, bot, last_epoch FROM {schema}account", null, row => (Bot: Hex(row.GetValue(1)), Last: row.GetInt64(2)));
        return [.. accounts.Select(account => new EpochEvidence(account.Bot, account.Last, chats.Where(chat => chat.Bot == account.Bot).ToDictionary(chat => chat.Chat, chat => chat.Epoch)))];
    }

    private static long From(HashSet<long> seen) => seen.Count == 0 ? 0 : seen.Max() - Overlap;

    private static async Task<List<T>> ReadAsync<T>(DbTransaction snapshot, string sql, HashSet<long>? seen, Func<DbDataReader, T> read)
    {
        await using var command = snapshot.Connection!.CreateCommand();
        command.Transaction = snapshot;
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            if (seen is null || seen.Add(reader.GetInt64(0)))
                rows.Add(read(reader));
        }

        return rows;
    }

    private static string Hex(object value) => value is Guid id ? id.ToString("N") : Convert.ToHexStringLower((byte[])value);

    private static Guid Id(object value) => value is Guid id ? id : new Guid((byte[])value, bigEndian: true);

    private static long Millis(object value) => value switch
    {
        DateTimeOffset at => at.ToUnixTimeMilliseconds(),
        DateTime at => new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };
}
