using System.Data.Common;
using System.Text;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Replays;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlReplayRows(SqlSession session) : IReplayRows
{
    private const string Columns =
        "id, request, asked_at, bot, chat, linkage, module, webhook_event_id, received_from, received_to, only_dead, after_delivery, last_delivery, found, state, next_step_at, ended_at";

    public ReplayRow? Find(Guid request) => session.First($"SELECT {Columns} FROM replay WHERE request = $1", Read, request.ToBlob());

    public IReadOnlyList<ReplayRow> Recent(int max) => session.Query($"SELECT {Columns} FROM replay ORDER BY id DESC LIMIT $1", Read, max);

    public IReadOnlyList<ReplayRow> Running() => session.Query($"SELECT {Columns} FROM replay WHERE state = 0 ORDER BY id", Read);

    public void Add(Guid request, ReplayChoice choice, DateTimeOffset askedAt, long lastDelivery) => session.Execute(
        """
        INSERT INTO replay (request, asked_at, bot, chat, linkage, module, webhook_event_id, received_from, received_to, only_dead, after_delivery, last_delivery, found, state, next_step_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, 0, 0, $12)
        """,
        request.ToBlob(), askedAt.ToMillis(), choice.Bot?.ToBlob(), choice.Chat?.ToBlob(), choice.Linkage?.Value.ToBlob(), choice.Module?.Value.ToBlob(), choice.WebhookEventId,
        choice.From.ToMillis(), choice.To.ToMillis(), choice.OnlyDead ? 1 : 0, lastDelivery, askedAt.ToMillis());

    public IReadOnlyList<Repeated> Next(ReplayRow replay, long after, long upTo, int max)
    {
        var choice = replay.Choice;
        var (sql, values) = (new StringBuilder(), new List<object?>());
        void And(string condition, object value)
        {
            values.Add(value);
            sql.Append(" AND ").Append(condition).Append(" $").Append(values.Count);
        }

        sql.Append("SELECT d.id, d.event_seq, d.linkage, d.bot, d.chat, d.request, d.is_active, d.epoch FROM delivery d JOIN event e ON e.seq = d.event_seq WHERE d.replay = 0 AND length(e.body) > 0 AND d.state ");
        sql.Append(choice.OnlyDead ? "= 4" : "IN (1, 4)");
        And("d.id >", after);
        And("d.id <=", upTo);
        if (choice.WebhookEventId is { } id)
            And("e.webhook_event_id =", id);
        if (choice.Bot is { } bot)
            And("e.bot =", bot.ToBlob());
        if (choice.Chat is { } chat)
            And("d.chat =", chat.ToBlob());
        if (choice.Linkage is { } linkage)
            And("d.linkage =", linkage.Value.ToBlob());
        if (choice.Module is { } module)
        {
            And("d.linkage IN (SELECT id FROM linkage WHERE module =", module.Value.ToBlob());
            sql.Append(')');
        }

        if (choice.From is { } from)
            And("e.received_at >=", from.ToMillis());
        if (choice.To is { } to)
            And("e.received_at <", to.ToMillis());
        values.Add(max);
        sql.Append(" ORDER BY d.id LIMIT $").Append(values.Count);
        return session.Query(
            sql.ToString(),
            row => new Repeated(row.GetInt64(0), row.GetInt64(1), new LinkageId(row.Guid(2)), row.IsDBNull(4) ? null : row.Chat(3, 4), row.Guid(5), row.GetInt64(6) == 1, row.GetInt64(7)),
            values.ToArray());
    }

    public bool Step(ReplayRow before, ReplayRow after) => session.Change(
        "UPDATE replay SET after_delivery = $4, found = $5, state = $6, next_step_at = $7, ended_at = $8 WHERE id = $1 AND state = 0 AND after_delivery = $2 AND next_step_at = $3",
        before.Id, before.AfterDelivery, before.NextStepAt.ToMillis(), after.AfterDelivery, after.Found, (int)after.State, after.NextStepAt.ToMillis(), after.EndedAt.ToMillis()) == 1;

    public bool Cancel(long id, DateTimeOffset at) => session.Change("UPDATE replay SET state = 2, ended_at = $2 WHERE id = $1 AND state <> 2", id, at.ToMillis()) == 1;

    public int CancelOwed(long id)
    {
        var cancelled = session.Change("UPDATE delivery SET state = 2, next_attempt_at = NULL WHERE replay = $1 AND replay > 0 AND state IN (0, 3)", id);
        session.Undelivered -= cancelled;
        return cancelled;
    }

    public IReadOnlyDictionary<DeliveryState, long> Counts(long id) => session.Query(
        "SELECT state, count(*) FROM delivery WHERE replay = $1 AND replay > 0 GROUP BY state", row => (State: (DeliveryState)row.GetInt64(0), Count: row.GetInt64(1)), id).ToDictionary(one => one.State, one => one.Count);

    private static ReplayRow Read(DbDataReader row)
    {
        BotId? bot = row.IsDBNull(3) ? null : row.Bot(3);
        var choice = new ReplayChoice(
            bot, row.IsDBNull(4) ? null : row.Chat(3, 4), row.GuidOrNull(5) is { } linkage ? new LinkageId(linkage) : null, row.GuidOrNull(6) is { } module ? new ModuleId(module) : null,
            row.Text(7), row.AtOrNull(8), row.AtOrNull(9), row.GetInt64(10) == 1);
        return new ReplayRow(row.GetInt64(0), row.Guid(1), row.At(2), choice, row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), (ReplayState)row.GetInt64(14), row.At(15), row.AtOrNull(16));
    }
}
