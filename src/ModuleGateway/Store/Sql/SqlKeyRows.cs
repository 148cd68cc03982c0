namespace ModuleGateway.Store.Sql;

internal sealed class SqlKeyRows(SqlSession session) : IKeyRows
{
    public IReadOnlyList<MasterKeyRow> All() =>
        session.Query("SELECT version, protected, current_from FROM master_key ORDER BY version", row => new MasterKeyRow((int)row.GetInt64(0), row.GetString(1), row.At(2)));

    public bool TryAdd(MasterKeyRow key) => session.Change(
        "INSERT INTO master_key (version, protected, current_from) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key.Version, key.Protected, key.CurrentFrom.ToMillis()) == 1;
}
