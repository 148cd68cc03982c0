using System.Data.Common;
using Line;
using ModuleGateway.Owned;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlThingRows(SqlSession session) : IThingRows
{
    private const string Columns = "channel, bot, kind, id, linkage, made_at";

    /// <summary>Menus, aliases and audiences. A coupon is in customers' hands, requests and units only have statistics.</summary>
    private static readonly string LeavingKinds = $"{(int)ThingKind.RichMenu}, {(int)ThingKind.RichMenuAlias}, {(int)ThingKind.Audience}";

    private static readonly string Upsert = SqlText.Upsert("thing", "channel, bot, kind, id", Columns);

    public ThingRow? Find(ThingKey key) => session.First(
        $"SELECT {Columns} FROM thing WHERE channel = $1 AND bot = $2 AND kind = $3 AND id = $4", Read, key.Channel.ToString(), key.Bot.ToBlob(), (int)key.Kind, key.Id);

    public void Put(ThingRow thing) => session.Execute(
        Upsert, thing.Key.Channel.ToString(), thing.Key.Bot.ToBlob(), (int)thing.Key.Kind, thing.Key.Id, thing.Linkage.Value.ToBlob(), thing.At.ToMillis());

    public void Remove(ThingKey key) => session.Execute(
        "DELETE FROM thing WHERE channel = $1 AND bot = $2 AND kind = $3 AND id = $4", key.Channel.ToString(), key.Bot.ToBlob(), (int)key.Kind, key.Id);

    public IReadOnlyList<ThingRow> Of(LinkageId linkage, ChannelId channel, ThingKind kind, DateTimeOffset since, int max) => session.Query(
        $"SELECT {Columns} FROM thing WHERE linkage = $1 AND kind = $2 AND channel = $3 AND made_at >= $4 ORDER BY made_at, id LIMIT $5", Read,
        linkage.Value.ToBlob(), (int)kind, channel.ToString(), since.ToMillis(), max);

    public long Count(LinkageId linkage, ChannelId channel, ThingKind kind, DateTimeOffset since) => session.Count(
        "SELECT count(*) FROM thing WHERE linkage = $1 AND kind = $2 AND channel = $3 AND made_at >= $4", linkage.Value.ToBlob(), (int)kind, channel.ToString(), since.ToMillis());

    public int RemoveOlder(ThingKind kind, DateTimeOffset than, int max) => session.Change(
        "DELETE FROM thing WHERE (channel, bot, kind, id) IN (SELECT channel, bot, kind, id FROM thing WHERE kind = $1 AND made_at < $2 ORDER BY made_at LIMIT $3)",
        (int)kind, than.ToMillis(), max);

    public void LeaveAt(LinkageId linkage, DateTimeOffset? due) => session.Execute(
        $"UPDATE thing SET leave_due_at = $2 WHERE linkage = $1 AND kind IN ({LeavingKinds})", linkage.Value.ToBlob(), due.ToMillis());

    public void LeaveAt(ThingKey key, DateTimeOffset due) => session.Execute(
        "UPDATE thing SET leave_due_at = $5 WHERE channel = $1 AND bot = $2 AND kind = $3 AND id = $4 AND leave_due_at IS NOT NULL",
        key.Channel.ToString(), key.Bot.ToBlob(), (int)key.Kind, key.Id, due.ToMillis());

    public IReadOnlyList<ThingRow> LeavingDue(DateTimeOffset now, int max) =>
    [
        .. session.Query("SELECT bot FROM thing WHERE leave_due_at IS NOT NULL AND leave_due_at <= $1 GROUP BY bot ORDER BY min(leave_due_at) LIMIT $2", row => row.Bot(0), now.ToMillis(), max)
            .Select(bot => session.First(
                $"SELECT {Columns} FROM thing WHERE leave_due_at IS NOT NULL AND leave_due_at <= $1 AND bot = $2 ORDER BY leave_due_at, kind DESC, id LIMIT 1", Read, now.ToMillis(), bot.ToBlob())!),
    ];

    private static ThingRow Read(DbDataReader row) => new(
        new ThingKey(ChannelId.Parse(row.GetString(0), null), row.Bot(1), (ThingKind)row.GetInt64(2), row.GetString(3)), new LinkageId(row.Guid(4)), row.At(5));
}
