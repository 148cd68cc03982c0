using System.Data.Common;
using ModuleGateway.Tokens;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlTokenRows(SqlSession session) : IReplyTokenUses, IModuleTokenRows
{
    private const string Columns = "digest, key_id, module, issued_at, expires_at";

    public bool TryReserve(long eventSeq, LinkageId linkage, DateTimeOffset at) => session.Change(
        "INSERT INTO reply_token_use (event_seq, linkage, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", eventSeq, linkage.Value.ToBlob(), at.ToMillis()) == 1;

    public void Free(long eventSeq, LinkageId linkage) =>
        session.Execute("DELETE FROM reply_token_use WHERE event_seq = $1 AND linkage = $2", eventSeq, linkage.Value.ToBlob());

    public void Take(ModuleId module) => session.TakeModule(module);

    public void Add(ModuleTokenRow token) => session.Execute(
        $"INSERT INTO module_token ({Columns}) VALUES ($1, $2, $3, $4, $5)", token.Digest, token.KeyId, token.Module.Value.ToBlob(), token.IssuedAt.ToMillis(), token.ExpiresAt.ToMillis());

    public ModuleTokenRow? Find(string digest) => session.First($"SELECT {Columns} FROM module_token WHERE digest = $1", Read, digest);

    public IReadOnlyList<ModuleTokenRow> Live(ModuleId module, DateTimeOffset now) => session.Query(
        $"SELECT {Columns} FROM module_token WHERE module = $1 AND expires_at > $2 ORDER BY issued_at, digest", Read, module.Value.ToBlob(), now.ToMillis());

    public void Remove(string digest) => session.Execute("DELETE FROM module_token WHERE digest = $1", digest);

    public void RemoveExpired(ModuleId module, DateTimeOffset before) =>
        session.Execute("DELETE FROM module_token WHERE module = $1 AND expires_at < $2", module.Value.ToBlob(), before.ToMillis());

    private static ModuleTokenRow Read(DbDataReader row) => new(row.GetString(0), row.Text(1), new ModuleId(row.Guid(2)), row.At(3), row.At(4));
}
