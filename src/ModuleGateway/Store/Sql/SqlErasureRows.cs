using Line;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Retention;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlErasureRows(SqlSession session, Action forget) : IErasureRows
{
    private const string InStretch = "event_seq > $1 AND event_seq <= $2";

    public IReadOnlyList<EventRow> Events(BotId bot, Stretch stretch) => session.Query(
        $"SELECT {SqlEventRows.Columns} FROM event WHERE seq > $1 AND seq <= $2 AND bot = $3 ORDER BY seq", SqlEventRows.Read, stretch.After, stretch.UpTo, bot.ToBlob());

    public bool HasDeliveries(ChatKey chat, Stretch stretch) =>
        session.Number($"SELECT 1 FROM delivery WHERE {InStretch} AND bot = $3 AND chat = $4 LIMIT 1", stretch.After, stretch.UpTo, chat.Bot.ToBlob(), chat.ToBlob()) is not null;

    public void Erase(EventRow row)
    {
        // Whoever still holds its reply token holds nothing: it was received too long ago.
        session.Execute("UPDATE event SET body = $2, message = NULL, last_received_at = 0 WHERE seq = $1", row.Seq, Array.Empty<byte>());
        session.Execute("DELETE FROM unrouted WHERE state = 0 AND bot = $1 AND seq = $2", row.Bot.ToBlob(), row.Seq);
        session.Execute("UPDATE delivery SET state = 2, next_attempt_at = NULL WHERE event_seq = $1 AND state IN (0, 3)", row.Seq);
        session.Execute("UPDATE attempt SET answer = NULL WHERE delivery IN (SELECT id FROM delivery WHERE event_seq = $1)", row.Seq);
        session.Execute("UPDATE delivery SET last_answer = NULL WHERE event_seq = $1", row.Seq);
        session.Execute("DELETE FROM reply_token_use WHERE event_seq = $1", row.Seq);
    }

    public int RemoveDeliveries(ChatKey chat, Stretch stretch)
    {
        const string its = $"{InStretch} AND bot = $3 AND chat = $4";
        session.Execute($"DELETE FROM attempt WHERE delivery IN (SELECT id FROM delivery WHERE {its})", stretch.After, stretch.UpTo, chat.Bot.ToBlob(), chat.ToBlob());
        return session.Change($"DELETE FROM delivery WHERE {its}", stretch.After, stretch.UpTo, chat.Bot.ToBlob(), chat.ToBlob());
    }

    public int RemoveDeliveries(BotId bot, LinkageId linkage, Stretch stretch)
    {
        const string its = $"{InStretch} AND linkage = $3";
        session.Execute($"DELETE FROM attempt WHERE delivery IN (SELECT id FROM delivery WHERE {its})", stretch.After, stretch.UpTo, linkage.Value.ToBlob());
        session.Execute($"DELETE FROM reply_token_use WHERE {its}", stretch.After, stretch.UpTo, linkage.Value.ToBlob());
        var removed = session.Change($"DELETE FROM delivery WHERE {its}", stretch.After, stretch.UpTo, linkage.Value.ToBlob());
        session.Execute(
            """
            UPDATE event SET body = $4, message = NULL WHERE seq > $1 AND seq <= $2 AND bot = $3 AND NOT EXISTS (SELECT 1 FROM delivery WHERE event_seq = event.seq)
                AND NOT EXISTS (SELECT 1 FROM unrouted u WHERE u.state IN (0, 2, 3, 4) AND u.bot = event.bot AND u.seq = event.seq)
            """,
            stretch.After, stretch.UpTo, bot.ToBlob(), Array.Empty<byte>());
        return removed;
    }

    public int RemoveEvents(BotId bot, Stretch stretch)
    {
        const string its = "SELECT seq FROM event WHERE seq > $1 AND seq <= $2 AND bot = $3";
        foreach (var statement in new[]
        {
            $"DELETE FROM attempt WHERE delivery IN (SELECT id FROM delivery WHERE event_seq IN ({its}))",
            $"DELETE FROM delivery WHERE event_seq IN ({its})",
            $"DELETE FROM receipt WHERE event_seq IN ({its})",
            $"DELETE FROM reply_token_use WHERE event_seq IN ({its})",
            "DELETE FROM unrouted WHERE state IN (0, 2, 3, 4) AND seq > $1 AND seq <= $2 AND bot = $3",
        })
            session.Execute(statement, stretch.After, stretch.UpTo, bot.ToBlob());
        return session.Change("DELETE FROM event WHERE seq > $1 AND seq <= $2 AND bot = $3", stretch.After, stretch.UpTo, bot.ToBlob());
    }

    public void RemoveTraces(ChatKey chat)
    {
        session.Execute("DELETE FROM chat WHERE bot = $1 AND chat = $2", chat.Bot.ToBlob(), chat.ToBlob());
        session.Execute("DELETE FROM known_id WHERE bot = $1 AND id = $2", chat.Bot.ToBlob(), chat.ToBlob());
        session.Execute("DELETE FROM replay WHERE bot = $1 AND chat = $2", chat.Bot.ToBlob(), chat.ToBlob());
        session.Execute("UPDATE open_send SET chat = NULL WHERE bot = $1 AND chat = $2", chat.Bot.ToBlob(), chat.ToBlob());
        forget();
    }

    public void RemoveTraces(LinkageId linkage)
    {
        foreach (var table in new[] { "account_link", "delivery_tag", "accepted_key", "received_message", "replay" })
            session.Execute($"DELETE FROM {table} WHERE linkage = $1", linkage.Value.ToBlob());
        session.Execute("DELETE FROM thing WHERE linkage = $1 AND leave_due_at IS NULL", linkage.Value.ToBlob()); // What leaves is taken away at LINE first.
    }

    public int RemoveChats(BotId bot, int max)
    {
        var removed = session.Change("DELETE FROM chat WHERE bot = $1 AND chat IN (SELECT chat FROM chat WHERE bot = $1 LIMIT $2)", bot.ToBlob(), max)
            + session.Change("DELETE FROM known_id WHERE bot = $1 AND id IN (SELECT id FROM known_id WHERE bot = $1 LIMIT $2)", bot.ToBlob(), max);
        forget();
        return removed;
    }

    public void RemoveTraces(BotId bot)
    {
        foreach (var table in new[] { "account_link", "delivery_tag", "thing", "replay", "open_send", "attach_request", "account" })
            session.Execute($"DELETE FROM {table} WHERE bot = $1", bot.ToBlob());
        forget();
    }
}
