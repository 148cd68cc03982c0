namespace ModuleGateway.Store.Sql;

internal sealed class SqlKeyRows(SqlSession session) : IKeyRows
{
    public IReadOnlyList<(int Version, string Protected)> All() =>
        session.Query("SELECT version, protected FROM master_key ORDER BY version", row => ((int)row.GetInt64(0), row.GetString(1)));

    public void Add(int version, string protectedKey) => session.Execute("INSERT INTO master_key (version, protected) VALUES ($1, $2)", version, protectedKey);
}
