using System.Data.Common;
using Line;
using ModuleGateway.Attaching;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlAttachRequestRows(SqlSession session) : IAttachRequestRows
{
    private const string Columns =
        "id, state, sealed_verifier, asked_scopes, basic_search_id, region, return_url, created_at, outcome, bot, granted_scopes, error, error_description, proof_digest, exchange_begun_at, own_channel, sealed_channel_secret";

    private static readonly string Upsert = SqlText.Upsert("attach_request", "id", Columns);

    public void Put(AttachRequestRow request) => session.Execute(
        Upsert,
        request.Id.ToBlob(), request.State, request.SealedVerifier, request.AskedScopes.ToJson(), request.BasicSearchId, request.Region, request.ReturnUrl,
        request.CreatedAt.ToMillis(), (int)request.Outcome, request.Bot?.ToBlob(), request.GrantedScopes.ToJson(), request.Error, request.ErrorDescription, request.ProofDigest,
        request.ExchangeBegunAt.ToMillis(), request.OwnChannel?.Id.ToString(), request.OwnChannel?.SealedSecret);

    public AttachRequestRow? Find(Guid id) => session.First($"SELECT {Columns} FROM attach_request WHERE id = $1", Read, id.ToBlob());

    public AttachRequestRow? FindByState(string state) => session.First($"SELECT {Columns} FROM attach_request WHERE state = $1", Read, state);

    public IReadOnlyList<AttachRequestRow> Unanswered(DateTimeOffset since) =>
        session.Query($"SELECT {Columns} FROM attach_request WHERE exchange_begun_at IS NOT NULL AND exchange_begun_at >= $1", Read, since.ToMillis());

    public IReadOnlyList<BotId> AttachedSince(DateTimeOffset since) =>
        session.Query("SELECT bot FROM attach_request WHERE outcome = $1 AND bot IS NOT NULL AND created_at >= $2", row => row.Bot(0), (int)AttachState.Attached, since.ToMillis());

    private static AttachRequestRow Read(DbDataReader row) => new(
        row.Guid(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.List(3), row.Text(4), row.Text(5), row.GetString(6), row.At(7),
        (AttachState)row.GetInt64(8), row.IsDBNull(9) ? (BotId?)null : row.Bot(9), row.List(10), row.Text(11), row.Text(12))
    {
        ProofDigest = row.Text(13),
        ExchangeBegunAt = row.AtOrNull(14),
        OwnChannel = row.IsDBNull(15) ? null : new OfferedChannel(ChannelId.Parse(row.GetString(15), null), row.GetFieldValue<byte[]>(16)),
    };
}
