using ModuleGateway.Attaching;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Tokens;
using ModuleGateway.Upstream;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlTransactionRows(SqlSession session, IEventRows events) : IGatewayTransaction
{
    private readonly SqlTokenRows _tokens = new(session);

    public DateTimeOffset Now => session.Now;

    public IEventRows Events { get; } = events;

    public IControlRows Control { get; } = new SqlControlRows(session);

    public IDeliveryRows Deliveries { get; } = new SqlDeliveryRows(session);

    public IReplyTokenUses ReplyTokens => _tokens;

    public IAttachRequestRows AttachRequests { get; } = new SqlAttachRequestRows(session);

    public IModuleTokenRows ModuleTokens => _tokens;

    public IKeyRows Keys { get; } = new SqlKeyRows(session);

    public IOwnChannelRows OwnChannels { get; } = new SqlOwnChannelRows(session);
}
