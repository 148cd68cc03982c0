using ModuleGateway.Routing;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlModuleEndpointRows(SqlSession session) : IModuleEndpointRows
{
    private const string Columns = "module, url, instead_of, set_at";

    private static readonly string Upsert = SqlText.Upsert("module_endpoint", "module", Columns);

    public long Revision => session.Number("SELECT value FROM progress WHERE name = 'module_endpoints'") ?? 0;

    public IReadOnlyList<ModuleEndpointRow> All() => session.Query(
        $"SELECT {Columns} FROM module_endpoint", row => new ModuleEndpointRow(new ModuleId(row.Guid(0)), row.GetString(1), row.GetString(2), row.At(3)));

    public void Put(ModuleEndpointRow endpoint)
    {
        session.Execute(Upsert, endpoint.Module.Value.ToBlob(), endpoint.Url, endpoint.InsteadOf, endpoint.SetAt.ToMillis());
        session.Execute("INSERT INTO progress (name, value) VALUES ('module_endpoints', 1) ON CONFLICT (name) DO UPDATE SET value = progress.value + 1");
    }
}
