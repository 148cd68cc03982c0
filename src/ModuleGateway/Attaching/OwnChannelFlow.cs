using System.Security.Cryptography;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>What LINE says of a channel that an owner offers; nothing is changed yet.</summary>
/// <param name="EndpointNow">Where its webhooks go today (ours put aside: what stood before it); null: nowhere.</param>
internal sealed record OwnChannelOffer(BotInfo Account, string? EndpointNow);

/// <summary>Connects an Official Account by its own Messaging API channel, for accounts that cannot use the Module Channel: who has the channel's secret has the owner's say, as with a consent at LINE.</summary>
/// <remarks>
/// Two steps, so that the owner sees what changes at LINE before it does: look, then connect. Between them the secret stays here, sealed.
/// The channel's row is written before LINE is told of our address, because LINE tries it at once, and it is on notice until the end: a crash in between is undone by <see cref="LeavingWorker"/>.
/// </remarks>
internal sealed class OwnChannelFlow(
    IGatewayStore store, LineUpstream line, UpstreamChannels channels, Connections connections, LeavingWorker leaving, ConnectionWorker shown, OwnChannelEndpoint endpoint)
{
    /// <summary>An offer that was not taken up is void after this time.</summary>
    private static readonly TimeSpan OfferMax = TimeSpan.FromHours(1);

    /// <summary>What a connect may take, LINE's slowest answers included; a row on notice for longer was left behind by a crash.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromMinutes(5);

    /// <summary>How long LINE's webhooks may still come signed with a secret that was replaced: its redeliveries.</summary>
    private static readonly TimeSpan RotationTime = TimeSpan.FromHours(24);

    /// <summary>All that a Messaging API channel may do of what a consent can grant.</summary>
    internal static readonly string[] ScopesOfOwnChannel = [.. Scopes.Base, "message:mark_as_read", "coupon:manage"];

    /// <summary>Asks LINE whose channel this is, and keeps the offer under the caller's id.</summary>
    public async Task<(OwnChannelFault? Fault, OwnChannelOffer? Offer)> LookAsync(Guid request, ChannelId id, string secret, CancellationToken cancellationToken)
    {
        if (channels.IsConfigured(id))
            return (OwnChannelFault.ChannelOfOurs, null);

        var channel = Client(id, secret);
        var (fault, account) = await OwnChannelEndpoint.AskAsync(() => channel.GetBotInfoAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        if (fault is not null)
            return (fault, null);
        (fault, var now) = await OwnChannelEndpoint.AskAsync(() => channel.GetWebhookEndpointAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        if (fault is not null)
            return (fault, null);

        var sealedSecret = channels.Seal(secret);
        return await store.WriteAsync<(OwnChannelFault?, OwnChannelOffer?)>(
            tx =>
            {
                if (IsConnectedByConsent(tx, account!.Bot))
                    return (OwnChannelFault.ConnectedByConsent, null);

                tx.AttachRequests.Put(new AttachRequestRow(request, Guid.NewGuid().ToString("N"), [], [], null, null, "", tx.Now, AttachState.Pending, account.Bot, [], null, null)
                {
                    OwnChannel = new OfferedChannel(id, sealedSecret),
                });
                return (null, new OwnChannelOffer(account, Before(tx, id, now)));
            },
            cancellationToken);
    }

    /// <summary>Points the channel's webhooks at us and connects its account.</summary>
    /// <returns>The proof for the browser that did it; with neither fault nor proof there is no such offer (any more).</returns>
    public async Task<(OwnChannelFault? Fault, string? Proof)> ConnectAsync(Guid request, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(tx => tx.AttachRequests.Find(request) is { } row && tx.Now - row.CreatedAt < OfferMax ? row : null, cancellationToken);
        if (found is not { Outcome: AttachState.Pending, OwnChannel: { } offered, Bot: { } bot })
            return (null, null);

        var channel = Client(offered.Id, channels.Unseal(offered.SealedSecret));
        var (fault, now) = await OwnChannelEndpoint.AskAsync(() => channel.GetWebhookEndpointAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        if (fault is not null)
            return (fault, null);

        // From here on to the end, whether or not the browser waits: half a connection helps nobody.
        var before = await store.WriteAsync(tx => Prepare(tx, offered, bot, now), CancellationToken.None);
        await channels.RefreshAsync(CancellationToken.None);
        fault = await endpoint.PointHereAsync(channel, offered.Id, now, CancellationToken.None);
        var proof = RandomNumberGenerator.GetHexString(64, lowercase: true);
        if (fault is null && !await store.WriteAsync(tx => Settle(tx, found, offered, bot, proof), CancellationToken.None))
            fault = OwnChannelFault.ConnectedByConsent;
        if (fault is not null)
        {
            await TakeBackAsync(offered.Id, before);
            return (fault, null);
        }

        await channels.RefreshAsync(CancellationToken.None);
        await shown.PublishNowAsync(bot);
        return (null, proof);
    }

    /// <summary>The owner has made a new secret at LINE: it counts from now on, the one before for a while longer.</summary>
    /// <returns>Whether the channel is known, and what is wrong with the secret.</returns>
    public async Task<(bool IsKnown, OwnChannelFault? Fault)> ReplaceSecretAsync(ChannelId id, string secret, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(tx => tx.OwnChannels.Find(id), cancellationToken) is not { } known)
            return (false, null);

        var (fault, account) = await OwnChannelEndpoint.AskAsync(() => Client(id, secret).GetBotInfoAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        if (fault is null && account!.Bot != known.Bot)
            fault = OwnChannelFault.OtherAccount;
        if (fault is not null)
            return (true, fault);

        var sealedSecret = channels.Seal(secret);
        var isKept = await store.WriteAsync(
            tx =>
            {
                if (tx.TakeOwnChannel(id) is not { } row)
                    return false;

                tx.OwnChannels.Put(Rotated(row, sealedSecret, tx.Now));
                return true;
            },
            cancellationToken);
        await channels.RefreshAsync(cancellationToken);
        return (isKept, null);
    }

    /// <summary>Whether a connected channel works at LINE as it should: secret, address, switch, reachability.</summary>
    public async Task<(bool IsKnown, OwnChannelFault? Fault)> CheckAsync(ChannelId id, CancellationToken cancellationToken) =>
        await store.ReadAsync(tx => tx.OwnChannels.Find(id), cancellationToken) is { } known
            ? (true, await endpoint.CheckAsync(Client(id, channels.Unseal(known.SealedSecret)), id, cancellationToken))
            : (false, null);

    /// <summary>Ends the connection and gives the channel's webhooks back to whom they went before.</summary>
    /// <returns>False when there is no such channel.</returns>
    public async Task<bool> RemoveAsync(ChannelId id, CancellationToken cancellationToken)
    {
        var left = await store.WriteAsync(
            tx =>
            {
                if (tx.TakeOwnChannel(id) is not { } row)
                    return null;

                connections.Hear(tx, row.Bot, id, new ConnectionWord(ConnectionState.Detached, null));
                Connections.LetGo(tx, id);
                return row;
            },
            cancellationToken);
        if (left is null)
            return false;

        await leaving.LeaveNowAsync(id);
        await shown.PublishNowAsync(left.Bot);
        return true;
    }

    private ChannelClient Client(ChannelId id, string secret) => line.Client(line.TokensFor(id, secret)).Channel;

    private bool IsConnectedByConsent(IGatewayTransaction tx, BotId bot) =>
        tx.Control.Account(bot) is { Connection: not ConnectionState.Detached } account && channels.HasControl(account.Channel);

    /// <summary>The address to give the webhooks back to: what LINE has now, or, where that is ours already, what stood before it.</summary>
    private string? Before(IGatewayTransaction tx, ChannelId id, WebhookEndpoint? now) =>
        now?.Address == endpoint.OursFor(id) ? tx.OwnChannels.Find(id)?.EndpointBefore : now?.Address;

    private OwnChannelRow? Prepare(IGatewayTransaction tx, OfferedChannel offered, BotId bot, WebhookEndpoint? now)
    {
        var account = tx.Control.Account(bot); // First: it is what keeps others away from this bot until the end.
        var known = tx.OwnChannels.Find(offered.Id);
        var isConnected = known is { LeaveDueAt: null } && account is { Connection: not ConnectionState.Detached } && account.Channel == offered.Id;
        var row = known is null || known.Bot != bot ? new OwnChannelRow(offered.Id, bot, offered.SealedSecret, tx.Now) : Rotated(known, offered.SealedSecret, tx.Now);
        tx.OwnChannels.Put(row with { EndpointBefore = Before(tx, offered.Id, now), LeaveDueAt = isConnected ? null : tx.Now + ConnectMax, LeaveAttempts = 0 });
        return isConnected ? known : null;
    }

    private bool Settle(IGatewayTransaction tx, AttachRequestRow request, OfferedChannel offered, BotId bot, string proof)
    {
        var word = new ConnectionWord(ConnectionState.Attached, null) { Scopes = ScopesOfOwnChannel, IsConsent = true };
        if (connections.Hear(tx, bot, offered.Id, word)?.Channel != offered.Id || tx.OwnChannels.Find(offered.Id) is not { } row)
            return false;

        tx.OwnChannels.Put(row with { LeaveDueAt = null });
        if (tx.AttachRequests.Find(request.Id)?.State == request.State)
            tx.AttachRequests.Put(request with { Outcome = AttachState.Attached, GrantedScopes = ScopesOfOwnChannel, ProofDigest = AttachFlow.DigestOf(proof), OwnChannel = null });
        return true;
    }

    /// <summary>A channel that was connected before stays as it was; one that was not leaves again.</summary>
    private async Task TakeBackAsync(ChannelId id, OwnChannelRow? before)
    {
        await store.WriteAsync(
            tx =>
            {
                if (tx.TakeOwnChannel(id) is { } row)
                    tx.OwnChannels.Put(before ?? row with { LeaveDueAt = tx.Now });
                return true;
            },
            CancellationToken.None);
        await channels.RefreshAsync(CancellationToken.None);
        if (before is null)
            await leaving.LeaveNowAsync(id);
    }

    private OwnChannelRow Rotated(OwnChannelRow row, byte[] sealedSecret, DateTimeOffset now) => channels.Unseal(row.SealedSecret) == channels.Unseal(sealedSecret)
        ? row
        : row with { SealedSecret = sealedSecret, SealedPreviousSecret = row.SealedSecret, PreviousUntil = now + RotationTime };
}
