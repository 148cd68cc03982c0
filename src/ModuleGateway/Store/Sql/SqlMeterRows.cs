using System.Data.Common;
using System.Globalization;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Metering;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlMeterRows(SqlSession session) : IMeterRows
{
    private const string Columns = "id, linkage, bot, at, reach, named, line_key, chat, request_id, due_at, attempts";

    /// <summary>Users in one statement, which is always the same: a shorter list is filled up with its first.</summary>
    private const int PortionMax = 50;

    private static readonly string Upsert = SqlText.Upsert("open_send", "id", Columns);

    private static readonly string CountBlocked =
        $"SELECT count(*) FROM known_id WHERE bot = $1 AND presence = $2 AND id IN ({string.Join(", ", Enumerable.Range(3, PortionMax).Select(i => $"${i}"))})";

    public void Put(OpenSend send) => session.Execute(
        Upsert,
        send.Id.ToBlob(), send.Linkage.Value.ToBlob(), send.Bot.ToBlob(), send.At.ToMillis(), (int)send.Reach, send.Named, send.LineKey, send.Chat?.ToBlob(), send.RequestId, send.DueAt.ToMillis(), send.Attempts);

    public OpenSend? Find(Guid id) => session.First($"SELECT {Columns} FROM open_send WHERE id = $1", Read, id.ToBlob());

    public IReadOnlyList<OpenSend> WithKey(LinkageId linkage, string lineKey) =>
        session.Query($"SELECT {Columns} FROM open_send WHERE linkage = $1 AND line_key = $2 AND due_at IS NULL ORDER BY at", Read, linkage.Value.ToBlob(), lineKey);

    public bool Remove(Guid id) => session.Change("DELETE FROM open_send WHERE id = $1", id.ToBlob()) == 1;

    public IReadOnlyList<OpenSend> Due(DateTimeOffset now, int max) =>
        session.Query($"SELECT {Columns} FROM open_send WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at LIMIT $2", Read, now.ToMillis(), max);

    public IReadOnlyList<OpenSend> Uncounted(ChatKey chat) =>
        session.Query($"SELECT {Columns} FROM open_send WHERE due_at IS NOT NULL AND bot = $1 AND chat = $2 ORDER BY at", Read, chat.Bot.ToBlob(), chat.ToBlob());

    public long? Members(ChatKey chat) => session.Number("SELECT members FROM known_id WHERE bot = $1 AND id = $2", chat.Bot.ToBlob(), chat.ToBlob());

    public void KeepMembers(ChatKey chat, long count) => session.Execute("UPDATE known_id SET members = $3 WHERE bot = $1 AND id = $2", chat.Bot.ToBlob(), chat.ToBlob(), count);

    public IReadOnlyList<OpenSend> UnknownBefore(DateTimeOffset instant, int max) =>
        session.Query($"SELECT {Columns} FROM open_send WHERE due_at IS NULL AND at < $1 ORDER BY at LIMIT $2", Read, instant.ToMillis(), max);

    public void Count(LinkageId linkage, SentOnDay sent) => session.Execute(
        """
        INSERT INTO sent_on_day (linkage, day, recipients, replies, unknown) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (linkage, day) DO UPDATE SET
            recipients = sent_on_day.recipients + excluded.recipients, replies = sent_on_day.replies + excluded.replies, unknown = sent_on_day.unknown + excluded.unknown
        """,
        linkage.Value.ToBlob(), Number(sent.Day), sent.Recipients, sent.Replies, sent.Unknown);

    public IReadOnlyList<SentOnDay> Days(LinkageId linkage, DateOnly from, DateOnly to) => session.Query(
        "SELECT day, recipients, replies, unknown FROM sent_on_day WHERE linkage = $1 AND day >= $2 AND day <= $3 ORDER BY day",
        row => new SentOnDay(Day(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), linkage.Value.ToBlob(), Number(from), Number(to));

    public long OpenRecipients(LinkageId linkage, DateTimeOffset since) =>
        session.Number("SELECT CAST(sum(named) AS BIGINT) FROM open_send WHERE linkage = $1 AND at >= $2", linkage.Value.ToBlob(), since.ToMillis()) ?? 0;

    public int Blocked(BotId bot, IReadOnlyList<ChatKey> users)
    {
        if (users is [var only]) // Nearly every send has one.
            return only.Kind == IdKind.User ? (int)session.Count("SELECT count(*) FROM known_id WHERE bot = $1 AND id = $2 AND presence = $3", bot.ToBlob(), only.ToBlob(), (int)Presence.Blocked) : 0;

        var blocked = 0L;
        foreach (var portion in users.Where(user => user.Kind == IdKind.User).Distinct().Chunk(PortionMax))
        {
            var values = new object?[2 + PortionMax];
            (values[0], values[1]) = (bot.ToBlob(), (int)Presence.Blocked);
            for (var i = 0; i < PortionMax; i++)
                values[2 + i] = portion[i < portion.Length ? i : 0].ToBlob();
            blocked += session.Count(CountBlocked, values);
        }

        return (int)blocked;
    }

    public int Friends(BotId bot) => (int)session.Count(
        "SELECT count(*) FROM known_id WHERE bot = $1 AND id >= $2 AND id < $3 AND presence = $4",
        bot.ToBlob(), SqlValues.KindBlob(IdKind.User, 0), SqlValues.KindBlob(IdKind.Group, 0), (int)Presence.Friend);

    private static OpenSend Read(DbDataReader row) => new(
        row.Guid(0), new LinkageId(row.Guid(1)), row.Bot(2), row.At(3), (Reach)row.GetInt64(4), (int)row.GetInt64(5), row.Text(6))
    {
        Chat = row.IsDBNull(7) ? null : row.Chat(2, 7),
        RequestId = row.Text(8),
        DueAt = row.AtOrNull(9),
        Attempts = (int)row.GetInt64(10),
    };

    /// <summary>As LINE writes days: yyyyMMdd.</summary>
    private static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    private static DateOnly Day(long number) => DateOnly.ParseExact(number.ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture);
}
