using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>Follows the registry: applies what changed to the control rows, then shows it to deliveries and calls.</summary>
internal sealed partial class RegistryFollower(
    IGatewayStore store, GatewayState state, RegistryApplier applier, MasterKeys keys, Vault vault, SecretProtector secrets, IServiceScopeFactory scopes, Mutants mutants, StoreClock clock, ILogger<RegistryFollower> log)
    : BackgroundService
{
    /// <summary>How often the registry is asked when nobody nudges: a change is seen within this time at most.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _applied;
    private long _followedTicks;
    private long _ids;
    private long _endpointsRevision;
    private Dictionary<ModuleId, ModuleEndpointRow> _endpoints = [];

    /// <summary>The registry's revision up to which the gateway acts by it.</summary>
    public long AppliedRevision => Interlocked.Read(ref _applied);

    /// <summary>When it was last seen to hold what the registry holds.</summary>
    public DateTimeOffset FollowedAt => new(Interlocked.Read(ref _followedTicks), TimeSpan.Zero);

    public void Nudge() => _nudges.Writer.TryWrite(true);

    /// <summary>Reads everything once, so that the first request finds its linkages. Called before the doors open.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var applied = await ApplyChangesAsync(await store.ReadAsync(tx => tx.Control.RegistryRevision, cancellationToken), cancellationToken);

        await ReadEndpointsAsync(cancellationToken);

        // Shown under the revision that control has: what the portal changed between the two looks is still to be applied.
        await ShowAsync(await ReadAsync(0, cancellationToken) with { Revision = applied.Revision }, cancellationToken);
        Interlocked.Exchange(ref _followedTicks, clock.GetUtcNow().UtcTicks);
    }

    /// <summary>Applies what is new; returns the revision that holds now.</summary>
    public async Task<long> FollowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await TakeUpErasingAsync(cancellationToken); // First: it holds also while the registry is away.
            await TakeUpEndpointsAsync(cancellationToken);
            if (await CurrentRevisionAsync(cancellationToken) > AppliedRevision)
                await ShowAsync(await ApplyChangesAsync(AppliedRevision, cancellationToken), cancellationToken);
            Interlocked.Exchange(ref _followedTicks, clock.GetUtcNow().UtcTicks);
            return AppliedRevision;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes up salts that were erased or replaced; returns when no id of before is understood here any more.</summary>
    public async Task FollowErasingAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await TakeUpErasingAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes up the webhook URLs that modules set themselves; deliveries go there from then on.</summary>
    public async Task FollowEndpointsAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await TakeUpEndpointsAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: a registry that is away, or a row that cannot be read.
            {
                Log.RegistryAway(log, error); // What is known goes on holding; the next round asks again.
            }

            using var pause = new CancellationTokenSource(Interval, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stoppingToken);
            try
            {
                await _nudges.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // No nudge in time: look anyway.
            }
        }
    }

    private async Task<RegistryChanges> ApplyChangesAsync(long since, CancellationToken cancellationToken)
    {
        var changes = await ReadAsync(since, cancellationToken);
        await store.WriteAsync(tx => applier.Apply(tx, changes), cancellationToken);
        return changes;
    }

    /// <summary>Puts the changes into the snapshot: linkages as control has them, modules as the registry has them.</summary>
    private async Task ShowAsync(RegistryChanges changes, CancellationToken cancellationToken)
    {
        var before = state.Snapshot;
        var modules = before.Modules.ToBuilder();
        var byChannel = before.ModulesByChannel.ToBuilder();
        foreach (var module in changes.Modules)
        {
            if (Configure(module) is not { } config)
                continue;
            modules[module.Id] = config;
            byChannel[module.ChannelId] = module.Id;
        }

        var changed = changes.Linkages.Select(linkage => linkage.Id).ToHashSet();
        var rows = await store.ReadAsync(tx => changed.Select(tx.Control.Linkage).OfType<LinkageRow>().ToList(), cancellationToken);
        var touchedModules = changes.Modules.Select(module => module.Id).ToHashSet();
        var touched = before.Linkages.Values.Where(linked => touchedModules.Contains(linked.Module.Id) && !changed.Contains(linked.Row.Id)).Select(linked => linked.Row);
        Show(before with { Modules = modules.ToImmutable(), ModulesByChannel = byChannel.ToImmutable() }, [.. rows, .. touched]);
        Interlocked.Exchange(ref _applied, changes.Revision);
    }

    private async Task TakeUpErasingAsync(CancellationToken cancellationToken)
    {
        var shown = state.Snapshot;
        var (revision, rows) = await store.ReadAsync(
            tx => tx.Control.IdsRevision is var now && now == _ids
                ? (now, [])
                : (now, tx.Control.Linkages().Where(row => shown.Linkages.TryGetValue(row.Id, out var linked) && linked.Row.IdGeneration != row.IdGeneration).ToList()),
            cancellationToken);
        if (revision == _ids)
            return;

        Show(shown, rows);
        _ids = revision;
    }

    private async Task TakeUpEndpointsAsync(CancellationToken cancellationToken)
    {
        if (!await ReadEndpointsAsync(cancellationToken))
            return;

        var before = state.Snapshot;
        var moved = before.Modules.Values.Select(module => (Before: module, After: WithEndpoint(module))).Where(one => one.Before.WebhookUrl != one.After.WebhookUrl).ToDictionary(one => one.Before.Id, one => one.After);
        Show(before with { Modules = before.Modules.SetItems(moved) }, [.. before.Linkages.Values.Where(linked => moved.ContainsKey(linked.Module.Id)).Select(linked => linked.Row)]);
    }

    /// <returns>Whether there was anything new.</returns>
    private async Task<bool> ReadEndpointsAsync(CancellationToken cancellationToken)
    {
        var known = _endpointsRevision;
        var (revision, rows) = await store.ReadAsync(tx => tx.ModuleEndpoints.Revision is var now && now == known ? (now, null) : (now, tx.ModuleEndpoints.All()), cancellationToken);
        if (rows is null)
            return false;

        (_endpointsRevision, _endpoints) = (revision, rows.ToDictionary(row => row.Module));
        return true;
    }

    /// <summary>The later word holds: the module's own, until its provider has set another one in the portal.</summary>
    private ModuleConfig WithEndpoint(ModuleConfig module) => module with
    {
        WebhookUrl = _endpoints.TryGetValue(module.Id, out var own) && own.InsteadOf == module.RegisteredUrl.OriginalString ? new Uri(own.Url) : module.RegisteredUrl,
    };

    /// <summary>Shows these rows, with all else as it is in <paramref name="before"/>.</summary>
    private void Show(GatewaySnapshot before, IReadOnlyList<LinkageRow> rows)
    {
        var linkages = before.Linkages.ToBuilder();
        var byPair = before.LinkagesByPair.ToBuilder();
        foreach (var row in rows)
        {
            if (row.SealedSalt is null || !before.Modules.TryGetValue(row.Module, out var module))
            {
                // Erased, or a module whose webhook URL is none or whose secret cannot be opened: nothing can be delivered to it.
                linkages.Remove(row.Id);
                byPair.Remove((row.Module, row.Bot));
                continue;
            }

            var salt = vault.Salts.OpenStored(row.SealedSalt, $"The salt of linkage {row.Id}");
            linkages[row.Id] = new LinkedModule(row, module, mutants.LeaveIdsUnmapped ? LinkageIds.Unmapped(row.Id, row.Bot) : new LinkageIds(row.Id, row.Bot, keys.Key(row.KeyVersion), salt));
            byPair[(row.Module, row.Bot)] = row.Id;
        }

        state.Snapshot = before with { Linkages = linkages.ToImmutable(), LinkagesByPair = byPair.ToImmutable() };
    }

    private ModuleConfig? Configure(Module module)
    {
        if (!Uri.TryCreate(module.WebhookUrl, UriKind.Absolute, out var url))
            return null;

        try
        {
            var previous = module.ProtectedPreviousSecret is { } old ? secrets.Unprotect(old) : null;
            return WithEndpoint(new ModuleConfig(module.Id, module.ChannelId, module.Name, secrets.Unprotect(module.ProtectedSecret), previous, url, module.AssertionKeys)
            {
                RegisteredUrl = url,
                PreviousSecretUntil = module.PreviousSecretUntil,
                SignsWithPrevious = module.SignsWithPrevious,
            });
        }
        catch (CryptographicException error)
        {
            // Sealed with another key ring: this module cannot be served, all the others can.
            Log.SecretUnreadable(log, error, module.Id.Value);
            return null;
        }
    }

    private async Task<RegistryChanges> ReadAsync(long since, CancellationToken cancellationToken)
    {
        await using var scope = Enter();
        var registry = scope.ServiceProvider.GetRequiredService<RegistryDb>();

        // The revision first: a row that changes meanwhile is read now and again the next time, never missed.
        var revision = await registry.CurrentRevisionAsync(cancellationToken);
        return new RegistryChanges(
            revision,
            await registry.Linkages.AsNoTracking().Where(row => row.Revision > since).OrderBy(row => row.Revision).ToListAsync(cancellationToken),
            await registry.OfficialAccounts.AsNoTracking().Where(row => row.Revision > since).OrderBy(row => row.Revision).ToListAsync(cancellationToken),
            await registry.Modules.AsNoTracking().Where(row => row.Revision > since).ToListAsync(cancellationToken),
            await registry.Modules.Where(row => row.ExpiresSilently && (row.Revision > since || registry.Linkages.Any(linkage => linkage.ModuleId == row.Id && linkage.Revision > since)))
                .Select(row => row.Id).ToHashSetAsync(cancellationToken))
        {
            MessagesPerMonthMax = await (
                from linkage in registry.Linkages
                join subscription in registry.Subscriptions on new { linkage.OfficialAccountId, linkage.ModuleId } equals new { subscription.OfficialAccountId, subscription.ModuleId }
                join plan in registry.Plans on subscription.PlanId equals plan.Id
                where linkage.Revision > since && subscription.State == SubscriptionState.Active && plan.MessagesPerMonthMax != null
                select new { linkage.Id, Max = plan.MessagesPerMonthMax!.Value }).ToDictionaryAsync(row => row.Id, row => row.Max, cancellationToken),
        };
    }

    private async Task<long> CurrentRevisionAsync(CancellationToken cancellationToken)
    {
        await using var scope = Enter();
        return await scope.ServiceProvider.GetRequiredService<RegistryDb>().CurrentRevisionAsync(cancellationToken);
    }

    private AsyncServiceScope Enter()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("The gateway serves the modules of every tenant.");
        return scope;
    }

    private static partial class Log
    {
        [LoggerMessage(402, LogLevel.Warning, "The registry could not be followed; what is known goes on holding.")]
        public static partial void RegistryAway(ILogger logger, Exception error);

        [LoggerMessage(403, LogLevel.Error, "The secret of module {ModuleId} cannot be opened with this key ring; nothing is delivered to it until it has a new one.")]
        public static partial void SecretUnreadable(ILogger logger, Exception error, Guid moduleId);
    }
}
