using System.Data.Common;
using ModuleGateway.Delivery;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlEndpointStateRows(SqlSession session) : IEndpointStateRows
{
    private const string Columns = "module, circuit, url, since, probes, probe_at, paused_until, notices";
    private static readonly TimeSpan NoticesKeptFor = TimeSpan.FromDays(30);
    private static readonly string Upsert = SqlText.Upsert("endpoint_state", "module", Columns);

    public EndpointStateRow? Find(ModuleId module) => session.First($"SELECT {Columns} FROM endpoint_state WHERE module = $1", Read, module.Value.ToBlob());

    public IReadOnlyList<EndpointStateRow> All() => session.Query($"SELECT {Columns} FROM endpoint_state", Read);

    public void Put(EndpointStateRow state) => session.Execute(
        Upsert, state.Module.Value.ToBlob(), (int)state.Circuit, state.Url, state.Since.ToMillis(), state.Probes, state.ProbeAt.ToMillis(), state.PausedUntil.ToMillis(), state.Notices);

    public void Tell(EndpointNoticeRow notice)
    {
        var module = notice.Module.Value.ToBlob();
        session.Execute("DELETE FROM endpoint_notice WHERE module = $1 AND at < $2", module, (notice.At - NoticesKeptFor).ToMillis());
        session.Execute(
            "INSERT INTO endpoint_notice (module, at, kind, url) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", module, notice.At.ToMillis(), (int)notice.Kind, notice.Url);
    }

    public IReadOnlyList<EndpointNoticeRow> Notices(ModuleId module, int max) => session.Query(
        "SELECT at, kind, url FROM endpoint_notice WHERE module = $1 ORDER BY at DESC, kind DESC LIMIT $2",
        row => new EndpointNoticeRow(module, row.At(0), (EndpointNotice)row.GetInt64(1), row.GetString(2)), module.Value.ToBlob(), max);

    private static EndpointStateRow Read(DbDataReader row) => new(new ModuleId(row.Guid(0)), (Circuit)row.GetInt64(1), row.GetString(2), row.At(3))
    {
        Probes = (int)row.GetInt64(4),
        ProbeAt = row.AtOrNull(5),
        PausedUntil = row.AtOrNull(6),
        Notices = (int)row.GetInt64(7),
    };
}
