using ModuleGateway.AccountLinks;
using ModuleGateway.Attaching;
using ModuleGateway.Control;
using ModuleGateway.Delivery;
using ModuleGateway.Facade;
using ModuleGateway.Journal;
using ModuleGateway.Metering;
using ModuleGateway.Observing;
using ModuleGateway.Owned;
using ModuleGateway.Retention;
using ModuleGateway.Replays;
using ModuleGateway.Routing;
using ModuleGateway.Tokens;
using ModuleGateway.Upstream;

namespace ModuleGateway.Store.Sql;

internal sealed class SqlTransactionRows(SqlSession session, IEventRows events) : IGatewayTransaction
{
    private readonly SqlTokenRows _tokens = new(session);
    private readonly SqlControlRows _control = new(session);
    private readonly SqlFacadeRows _facade = new(session);
    private SqlErasureRows? _erasure;

    public DateTimeOffset Now => session.Now;

    public bool OthersWait => session.OthersWait;

    public IEventRows Events { get; } = events;

    public IControlRows Control => _control;

    public IDeliveryRows Deliveries { get; } = new SqlDeliveryRows(session);

    public IHistoryRows History { get; } = new SqlHistoryRows(session);

    public IReplayRows Replays { get; } = new SqlReplayRows(session);

    public IBacklogRows Backlogs { get; } = new SqlBacklogRows(session);

    public IReplyTokenUses ReplyTokens => _tokens;

    public IAttachRequestRows AttachRequests { get; } = new SqlAttachRequestRows(session);

    public IModuleTokenRows ModuleTokens => _tokens;

    public IKeyRows Keys { get; } = new SqlKeyRows(session);

    /// <summary>Rows that are known without asking the database.</summary>
    public int Kept => _control.Kept;

    /// <summary>Nothing of what was read or written before is left.</summary>
    public void Forget() => _control.Forget();

    public IOwnChannelRows OwnChannels { get; } = new SqlOwnChannelRows(session);

    public IReceivedMessageRows Received => _facade;

    public IDeliveryTagRows DeliveryTags => _facade;

    public IAcceptedKeyRows AcceptedKeys => _facade;

    public IModuleEndpointRows ModuleEndpoints { get; } = new SqlModuleEndpointRows(session);

    public IEndpointStateRows Endpoints { get; } = new SqlEndpointStateRows(session);

    public IAccountLinkRows AccountLinks { get; } = new SqlAccountLinkRows(session);

    public IMeterRows Meter { get; } = new SqlMeterRows(session);

    public IThingRows Things { get; } = new SqlThingRows(session);

    public IRetentionRows Retention { get; } = new SqlRetentionRows(session);

    public IErasureRows Erasure => _erasure ??= new SqlErasureRows(session, Forget);
}
