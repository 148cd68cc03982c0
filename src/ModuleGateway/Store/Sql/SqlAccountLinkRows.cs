using System.Data.Common;
using Line;
using ModuleGateway.AccountLinks;
using Tenancy;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlAccountLinkRows(SqlSession session) : IAccountLinkRows
{
    private const string Columns = "nonce, bot, token, linkage, id_generation, sealed_nonce, begun_at";

    public void Add(AccountLinkRow link) => session.Execute(
        $"INSERT INTO account_link ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        link.Nonce, link.Bot.ToBlob(), link.Token, link.Linkage.Value.ToBlob(), link.IdGeneration, link.SealedNonce, link.BegunAt.ToMillis());

    public AccountLinkRow? Find(BotId bot, string nonce) => session.First($"SELECT {Columns} FROM account_link WHERE nonce = $1 AND bot = $2", Read, nonce, bot.ToBlob());

    public IReadOnlyList<AccountLinkRow> OfToken(byte[] token) => session.Query($"SELECT {Columns} FROM account_link WHERE token = $1", Read, token);

    public void RemoveBefore(DateTimeOffset instant) => session.Execute("DELETE FROM account_link WHERE begun_at < $1", instant.ToMillis());

    private static AccountLinkRow Read(DbDataReader row) => new(
        row.GetString(0), row.Bot(1), row.GetFieldValue<byte[]>(2), new LinkageId(row.Guid(3)), (int)row.GetInt64(4), row.GetFieldValue<byte[]>(5), row.At(6));
}
