using ModuleGateway.Attaching;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Tokens;
using ModuleGateway.Upstream;

namespace ModuleGateway.Store.Sqlite;

internal sealed class SqliteTransactionRows(SqliteSession session) : IGatewayTransaction
{
    private readonly SqliteTokenRows _tokens = new(session);

    /// <summary>One instant for each work: the store sets it before it runs one.</summary>
    public DateTimeOffset Now { get; set; }

    public IEventRows Events { get; } = new SqliteEventRows(session);

    public IControlRows Control { get; } = new SqliteControlRows(session);

    public IDeliveryRows Deliveries { get; } = new SqliteDeliveryRows(session);

    public IReplyTokenUses ReplyTokens => _tokens;

    public IAttachRequestRows AttachRequests { get; } = new SqliteAttachRequestRows(session);

    public IModuleTokenRows ModuleTokens => _tokens;

    public IKeyRows Keys { get; } = new SqliteKeyRows(session);

    public IOwnChannelRows OwnChannels { get; } = new SqliteOwnChannelRows(session);
}
