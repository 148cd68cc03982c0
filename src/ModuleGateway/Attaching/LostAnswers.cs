using Line;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Code exchanges whose answer never came: LINE was silent, or this process died before it was written down. LINE may have attached all the same.</summary>
/// <remarks>
/// An attach is always the work of an exchange of ours. So an account that became attached since, by LINE's webhook or its list, and that no answered
/// exchange accounts for, is this one's: provided that no other exchange is without an answer. Where two are, neither gets it, and both owners are asked to
/// consent again: guessing would show an account to a stranger.
/// </remarks>
internal sealed class LostAnswers(IGatewayStore store, UpstreamChannels channels)
{
    /// <summary>How long LINE's webhook is waited for before the owner is told that it failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan TripMax = TimeSpan.FromHours(1);

    /// <summary>The request as it stands now, with what came after its exchange.</summary>
    public async Task<AttachRequestRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var (row, now) = await store.ReadAsync(tx => (tx.AttachRequests.Find(id), tx.Now), cancellationToken);
        if (row?.ExchangeBegunAt is not { } begun)
            return row;
        if (await store.WriteAsync(tx => Complete(tx, id), cancellationToken) is { } attached)
            return attached;

        return now < begun + Patience
            ? row with { Outcome = AttachState.Pending, Error = null, ErrorDescription = null }
            : row.Outcome == AttachState.Pending ? Unanswered(row) : row;
    }

    /// <summary>The request, failed as far as anybody knows.</summary>
    public static AttachRequestRow Unanswered(AttachRequestRow request) =>
        request with { Outcome = AttachState.Failed, Error = "unreachable", ErrorDescription = "LINE did not answer." };

    private AttachRequestRow? Complete(IGatewayTransaction tx, Guid id)
    {
        // The accounts first: who is attached by now began an exchange before, which the questions after it then see, answered or not.
        var accounts = tx.Control.Accounts();
        var since = tx.Now - TripMax;
        if (tx.AttachRequests.Unanswered(since) is not [{ ExchangeBegunAt: { } begun } request] || request.Id != id)
            return null;

        var accounted = tx.AttachRequests.AttachedSince(since - TripMax);
        var candidates = accounts
            .Where(account => account.Connection == ConnectionState.Attached && account.Channel == channels.Module.Id && account.AttachedAt >= begun && !accounted.Contains(account.Bot)).Take(2).ToList();
        if (candidates is not [var found])
            return null;

        var attached = request with { Outcome = AttachState.Attached, Bot = found.Bot, GrantedScopes = found.Scopes, ExchangeBegunAt = null, Error = null, ErrorDescription = null };
        tx.AttachRequests.Put(attached);
        return attached;
    }
}
