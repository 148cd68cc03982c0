using System.Data.Common;
using Line;
using ModuleGateway.Facade;
using ModuleGateway.Journal;
using Tenancy;

namespace ModuleGateway.Store.Sql;

/// <summary>What the facade remembers of calls and messages beyond one transaction.</summary>
internal sealed class SqlFacadeRows(SqlSession session) : IReceivedMessageRows, IDeliveryTagRows, IAcceptedKeyRows
{
    private const string TagColumns = "tag, bot, linkage, sealed_data, sent_at";
    private const string KeyColumns = "linkage, path, retry_key, request_id, sent_messages, accepted_at";

    public void Add(LinkageId linkage, string messageId, DateTimeOffset at) => session.Execute(
        "INSERT INTO received_message (linkage, message, received_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", linkage.Value.ToBlob(), messageId, at.ToMillis());

    public void Remove(LinkageId linkage, string messageId) =>
        session.Execute("DELETE FROM received_message WHERE linkage = $1 AND message = $2", linkage.Value.ToBlob(), messageId);

    public bool Has(LinkageId linkage, string messageId) =>
        session.Number("SELECT 1 FROM received_message WHERE linkage = $1 AND message = $2", linkage.Value.ToBlob(), messageId) is not null;

    public void Add(DeliveryTagRow tag) => session.Execute(
        $"INSERT INTO delivery_tag ({TagColumns}) VALUES ($1, $2, $3, $4, $5)", tag.Tag, tag.Bot.ToBlob(), tag.Linkage.Value.ToBlob(), tag.SealedData, tag.At.ToMillis());

    public DeliveryTagRow? Find(BotId bot, string tag) => session.First($"SELECT {TagColumns} FROM delivery_tag WHERE tag = $1 AND bot = $2", ReadTag, tag, bot.ToBlob());

    public void Remove(string tag) => session.Execute("DELETE FROM delivery_tag WHERE tag = $1", tag);

    void IDeliveryTagRows.RemoveBefore(DateTimeOffset instant) => session.Execute("DELETE FROM delivery_tag WHERE sent_at < $1", instant.ToMillis());

    public void Add(AcceptedKeyRow accepted) => session.Execute(
        $"INSERT INTO accepted_key ({KeyColumns}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        accepted.Linkage.Value.ToBlob(), accepted.Call, accepted.Key.ToBlob(), accepted.RequestId, accepted.SentMessages, accepted.At.ToMillis());

    public AcceptedKeyRow? Find(LinkageId linkage, string call, Guid key) => session.First(
        $"SELECT {KeyColumns} FROM accepted_key WHERE linkage = $1 AND path = $2 AND retry_key = $3", ReadKey, linkage.Value.ToBlob(), call, key.ToBlob());

    void IAcceptedKeyRows.RemoveBefore(DateTimeOffset instant) => session.Execute("DELETE FROM accepted_key WHERE accepted_at < $1", instant.ToMillis());

    private static DeliveryTagRow ReadTag(DbDataReader row) => new(row.GetString(0), row.Bot(1), new LinkageId(row.Guid(2)), row.GetFieldValue<byte[]>(3), row.At(4));

    private static AcceptedKeyRow ReadKey(DbDataReader row) => new(new LinkageId(row.Guid(0)), row.GetString(1), row.Guid(2), row.GetString(3), row.Text(4), row.At(5));
}
