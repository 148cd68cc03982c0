using ModuleGateway.Retention;

namespace ModuleGateway.Store.Sql;

/// <summary>Ranges of places, not lists of rows: few statements, each along an index.</summary>
internal sealed class SqlRetentionRows(SqlSession session) : IRetentionRows
{
    public long? LastOld(long after, DateTimeOffset before, int max)
    {
        var next = session.Query("SELECT seq, received_at FROM event WHERE seq > $1 ORDER BY seq LIMIT $2", row => (Seq: row.GetInt64(0), At: row.GetInt64(1)), after, max);
        var old = next.FindLastIndex(row => row.At < before.ToMillis());
        return old < 0 ? null : next[old].Seq;
    }

    public int RemoveEvents(long after, long upTo, DateTimeOffset before)
    {
        const string over = "event_seq > $1 AND event_seq <= $2 AND state NOT IN (0, 3) AND coalesce(last_at, 0) < $3";
        const string withoutEvent = "event_seq > $1 AND event_seq <= $2 AND NOT EXISTS (SELECT 1 FROM event WHERE seq = event_seq)";
        session.Execute($"DELETE FROM attempt WHERE delivery IN (SELECT id FROM delivery WHERE {over})", after, upTo, before.ToMillis());
        session.Execute($"DELETE FROM delivery WHERE {over}", after, upTo, before.ToMillis());
        session.Execute("DELETE FROM unrouted WHERE state IN (2, 3, 4) AND (bot, seq) IN (SELECT bot, seq FROM event WHERE seq > $1 AND seq <= $2 AND received_at < $3)", after, upTo, before.ToMillis());
        var events = session.Change(
            """
            DELETE FROM event WHERE seq > $1 AND seq <= $2 AND received_at < $3 AND NOT EXISTS (SELECT 1 FROM delivery WHERE event_seq = event.seq)
                AND NOT EXISTS (SELECT 1 FROM unrouted u WHERE u.state = 0 AND u.bot = event.bot AND u.seq = event.seq)
            """,
            after, upTo, before.ToMillis());
        session.Execute($"DELETE FROM receipt WHERE {withoutEvent}", after, upTo);
        session.Execute($"DELETE FROM reply_token_use WHERE {withoutEvent}", after, upTo);
        return events;
    }

    public int RemoveReceivedMessages(DateTimeOffset before, int max) => session.Change(
        "DELETE FROM received_message WHERE (linkage, message) IN (SELECT linkage, message FROM received_message WHERE received_at < $1 ORDER BY received_at LIMIT $2)", before.ToMillis(), max);

    public int RemoveReplays(DateTimeOffset before, int max) => session.Change(
        "DELETE FROM replay WHERE id IN (SELECT id FROM replay r WHERE state <> 0 AND ended_at < $1 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.replay = r.id AND d.replay > 0) ORDER BY id LIMIT $2)", before.ToMillis(), max);

    public int RemoveAttachRequests(DateTimeOffset before, int max) =>
        session.Change("DELETE FROM attach_request WHERE id IN (SELECT id FROM attach_request WHERE created_at < $1 LIMIT $2)", before.ToMillis(), max);
}
