using System.Data.Common;
using Line;
using ModuleGateway.Upstream;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlOwnChannelRows(SqlSession session) : IOwnChannelRows
{
    private const string Columns = "id, bot, sealed_secret, added_at, sealed_previous_secret, previous_until, endpoint_before, leave_due_at, leave_attempts";

    private static readonly string Upsert = SqlText.Upsert("own_channel", "id", Columns);

    public long Revision => session.Number("SELECT value FROM progress WHERE name = 'own_channels'") ?? 0;

    public IReadOnlyList<OwnChannelRow> All() => session.Query($"SELECT {Columns} FROM own_channel", Read);

    public OwnChannelRow? Find(ChannelId id) => session.First($"SELECT {Columns} FROM own_channel WHERE id = $1", Read, id.ToString());

    public void Put(OwnChannelRow channel)
    {
        session.Execute(
            Upsert,
            channel.Id.ToString(), channel.Bot.ToBlob(), channel.SealedSecret, channel.AddedAt.ToMillis(), channel.SealedPreviousSecret, channel.PreviousUntil.ToMillis(),
            channel.EndpointBefore, channel.LeaveDueAt.ToMillis(), channel.LeaveAttempts);
        RaiseRevision();
    }

    public void Remove(ChannelId id)
    {
        session.Execute("DELETE FROM own_channel WHERE id = $1", id.ToString());
        RaiseRevision();
    }

    public IReadOnlyList<OwnChannelRow> LeavingDue(DateTimeOffset now, int max) => session.Query(
        $"SELECT {Columns} FROM own_channel WHERE leave_due_at IS NOT NULL AND leave_due_at <= $1 ORDER BY leave_due_at LIMIT $2", Read, now.ToMillis(), max);

    private void RaiseRevision() =>
        session.Execute("INSERT INTO progress (name, value) VALUES ('own_channels', 1) ON CONFLICT (name) DO UPDATE SET value = progress.value + 1");

    private static OwnChannelRow Read(DbDataReader row) => new(ChannelId.Parse(row.GetString(0), null), row.Bot(1), row.GetFieldValue<byte[]>(2), row.At(3))
    {
        SealedPreviousSecret = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
        PreviousUntil = row.AtOrNull(5),
        EndpointBefore = row.Text(6),
        LeaveDueAt = row.AtOrNull(7),
        LeaveAttempts = (int)row.GetInt64(8),
    };
}
