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

namespace ModuleGateway.Store;

/// <summary>Where the gateway's state lies: one SQLite file for one process, or a PostgreSQL server for many.</summary>
/// <remarks>
/// Work runs synchronously inside its transaction: it does no other I/O and calls nothing that waits. It may be run more than once, because a
/// server may ask for it to be tried again: it leaves nothing behind in captured variables that a second run would find.
/// Who reads an account inside <see cref="WriteAsync"/> has it to himself until the transaction ends: works on one bot have one order, in all processes.
/// </remarks>
internal interface IGatewayStore
{
    /// <summary>Runs <paramref name="work"/> alone, in one transaction; completes when the transaction is durable.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it was kept: the disk is full, the queue is full, the store is closing.</exception>
    Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default);

    /// <summary>As above, for a work that keeps bytes of strangers in memory while it waits: of those too only so many may wait. Its caller goes on with little: one thread may tell several.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="heldBytes">How many it keeps.</param>
    /// <param name="cancellationToken">Looked at before it begins.</param>
    Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, int heldBytes, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    /// <summary>Runs <paramref name="work"/> on what is durable now, beside writers.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read at the moment.</exception>
    Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default);

    /// <summary>Called after each commit with the lanes to which something was added: delivery starts there.</summary>
    Action<IReadOnlyCollection<Lane>>? OnOwed { get; set; }

    /// <summary>Called when something is owed and nobody can say where: delivery looks everywhere.</summary>
    Action? OnOwedAnywhere { get; set; }

    /// <summary>Completes when this process, of all that share the store, is the one to play a role, for as long as the returned one is held.</summary>
    Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken);

    /// <summary>What is undelivered, as far as this process knows.</summary>
    Undelivered Undelivered { get; }

    /// <summary>Works that wait to be written.</summary>
    int Waiting => 0;

    /// <summary>Completes when what was removed until now is gone from the files too, as far as that is the store's to do.</summary>
    /// <remarks>A SQLite file overwrites what it removes; its log is emptied here. A server uses the room again in its own time, and its archives are its operator's.</remarks>
    /// <exception cref="StoreUnavailableException">Somebody reads from the log without end: ask again.</exception>
    Task ForgetDeletedAsync(CancellationToken cancellationToken);

    /// <summary>Makes the tables, or sees that they are there.</summary>
    Task OpenAsync(CancellationToken cancellationToken);
}

/// <summary>The rows of each room, as one transaction sees them.</summary>
internal interface IGatewayTransaction
{
    /// <summary>The store's time, to the millisecond: the same for all processes that share it, and never below an instant that it has written.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether other works wait until this one is done: who has much to do does less of it now and comes again.</summary>
    bool OthersWait { get; }

    IEventRows Events { get; }

    IControlRows Control { get; }

    IDeliveryRows Deliveries { get; }

    IHistoryRows History { get; }

    IReplayRows Replays { get; }

    IBacklogRows Backlogs { get; }

    IReplyTokenUses ReplyTokens { get; }

    IAttachRequestRows AttachRequests { get; }

    IModuleTokenRows ModuleTokens { get; }

    IKeyRows Keys { get; }

    IOwnChannelRows OwnChannels { get; }

    IReceivedMessageRows Received { get; }

    IDeliveryTagRows DeliveryTags { get; }

    IAcceptedKeyRows AcceptedKeys { get; }

    IModuleEndpointRows ModuleEndpoints { get; }

    IEndpointStateRows Endpoints { get; }

    IAccountLinkRows AccountLinks { get; }

    IMeterRows Meter { get; }

    IThingRows Things { get; }

    IRetentionRows Retention { get; }

    IErasureRows Erasure { get; }
}

/// <summary>The store did not keep what it was given. The caller refuses and asks to be tried again.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It may have been kept after all: the server's last word was lost.</summary>
    public bool IsUnknown { get; init; }
}
