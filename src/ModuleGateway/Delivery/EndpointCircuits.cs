using System.Collections.Concurrent;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Finds out whether a module's endpoint answers, and holds back what is owed to it while it does not.</summary>
/// <remarks>
/// What it knows lies in the store and is taken up again by whoever delivers next: since when an endpoint is down, when it is asked again, until when it
/// asked to be left alone, and when it came back, from which the pace of its recovery follows. An endpoint is a module's URL: another URL is another endpoint.
/// Source of the verification request: LINE, "Verify webhook URL".
/// </remarks>
internal sealed partial class EndpointCircuits(
    IGatewayStore store, GatewayState state, ModuleSender sender, IOptions<DeliveryOptions> options, StoreClock clock, Random random, ILogger<EndpointCircuits> log) : IDisposable
{
    private const int ProbesAtOnce = 32;
    private static readonly TimeSpan StoreDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan VerdictHolds = TimeSpan.FromSeconds(1);

    /// <summary>While an endpoint recovers it is given turns ten times a second: one at first, twice as many with each second.</summary>
    private static readonly TimeSpan GrantEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RecoversFor = TimeSpan.FromSeconds(9);

    private readonly ConcurrentDictionary<ModuleId, EndpointState> _endpoints = new();
    private readonly EndpointWaits _waits = new(options.Value, random);
    private readonly SemaphoreSlim _probing = new(ProbesAtOnce);
    private readonly SemaphoreSlim _change = new(1); // Of any endpoint: changes are rare.
    private TimeSpan _ahead; // The store's time less this machine's, as of when the term began.

    private DateTimeOffset Now => clock.GetUtcNow() + _ahead;

    /// <summary>Takes up what the store knows. Called when a term begins, before anything is delivered in it.</summary>
    public async Task BeginAsync(DeliveryTerm term)
    {
        var (rows, now) = await store.ReadAsync(tx => (tx.Endpoints.All(), tx.Now), term.Ended);
        _ahead = now - clock.GetUtcNow();
        _endpoints.Clear();
        foreach (var row in rows)
        {
            var endpoint = Of(row.Module);
            endpoint.Row = row;
            if (row.Circuit != Circuit.Closed)
                term.Lanes.Open(row.Module, row.Circuit);
            if (row.Circuit == Circuit.Open)
                _ = WatchAsync(term, endpoint);
            if (row.Circuit == Circuit.Closed && now - row.Since < RecoversFor)
                Recover(term, endpoint);
            if (row.PausedUntil > now)
                Pause(term, endpoint);
        }
    }

    /// <summary>Looks for what has changed outside: a URL, or an endpoint that was switched on. Called every second.</summary>
    public async Task LookAsync(DeliveryTerm term)
    {
        foreach (var endpoint in _endpoints.Values.Where(one => one.IsPaused && !(one.Row?.PausedUntil > Now)))
        {
            endpoint.IsPaused = false;
            term.Lanes.Pause(endpoint.Id, false);
        }

        foreach (var id in term.Lanes.ModulesIn(Circuit.Open).Where(HasMoved))
            Of(id).Attention.Release();

        var off = term.Lanes.ModulesIn(Circuit.Off);
        if (off.Count == 0)
            return;

        var rows = await store.ReadAsync(tx => off.Select(tx.Endpoints.Find).ToList(), term.Ended);
        foreach (var row in rows.OfType<EndpointStateRow>())
        {
            var endpoint = Of(row.Module);
            if (row.Circuit == Circuit.Closed)
            {
                endpoint.Row = row;
                Recover(term, endpoint);
            }
            else if (HasMoved(row.Module))
            {
                await CloseAsync(term, endpoint);
            }
        }
    }

    /// <summary>Hears how an attempt failed, and says who is at fault.</summary>
    /// <param name="failingSince">When the event's failures began; null: this is the first, or it stepped aside.</param>
    /// <param name="isAside">An event that stepped aside: the endpoint is asked at once, and a try is used up only when it answers.</param>
    public async Task<Fault> JudgeAsync(DeliveryTerm term, LinkedModule linked, Attempt attempt, DateTimeOffset? failingSince, bool isAside)
    {
        var endpoint = Of(linked.Module.Id);
        endpoint.Bot = linked.Row.Bot;
        if (attempt.Status == 410)
            await SwitchOffAsync(term, endpoint, linked.Module.WebhookUrl);
        else if (attempt.RetryAfter is { } wait)
            await PauseAsync(term, endpoint, linked.Module.WebhookUrl, EndpointWaits.Pause(wait));

        if (term.Lanes.CircuitOf(endpoint.Id) != Circuit.Closed)
            return Fault.Endpoint;
        if (!isAside && (failingSince is not { } since || Now - since < options.Value.FaultAfter))
            return Fault.Unknown;

        return await VerifyAsync(term, endpoint, linked.Module);
    }

    /// <summary>When failures that go on began: those before its endpoint came back are over.</summary>
    public DateTimeOffset? FailingSince(ModuleId module, DateTimeOffset? since) =>
        _endpoints.TryGetValue(module, out var endpoint) && endpoint.Row is { Circuit: Circuit.Closed } row && since < row.Since ? null : since;

    /// <summary>When failures that go on began, less the time for which the module asked to be left alone: it is no failing, up to an hour for one event.</summary>
    /// <param name="failingSince">What counted until now; null: this is the first failure.</param>
    /// <param name="firstAt">When it really failed for the first time; null: now.</param>
    public DateTimeOffset? WithoutPause(ModuleId module, DateTimeOffset? failingSince, DateTimeOffset? firstAt)
    {
        if (!_endpoints.TryGetValue(module, out var endpoint) || endpoint.Row?.PausedUntil - Now is not { } pause || pause <= TimeSpan.Zero)
            return failingSince;

        var (since, latest) = (failingSince ?? Now, (firstAt ?? Now) + EndpointWaits.PauseMax);
        return since + pause <= latest ? since + pause : since > latest ? since : latest;
    }

    /// <summary>How long an event that failed waits in its lane: it is tried a second after its first failure, after 6 s, after 16 s and when the endpoint may be asked.</summary>
    public TimeSpan ShortWait(ModuleId module, DateTimeOffset? failingSince)
    {
        var wait = _waits.Short(failingSince is { } since ? Now - since : TimeSpan.Zero);
        return _endpoints.TryGetValue(module, out var endpoint) && endpoint.Row?.PausedUntil - Now is { } paused && paused > wait ? paused : wait;
    }

    /// <summary>A wait with up to a fifth more: what failed together does not come back together.</summary>
    public TimeSpan Jitter(TimeSpan wait) => _waits.Jitter(wait);

    public void Dispose()
    {
        _probing.Dispose();
        _change.Dispose();
    }

    private EndpointState Of(ModuleId id) => _endpoints.GetOrAdd(id, static id => new EndpointState(id));

    private bool HasMoved(ModuleId id) => _endpoints.TryGetValue(id, out var endpoint) && state.Snapshot.Modules.TryGetValue(id, out var module) && endpoint.Row?.Url != module.WebhookUrl.OriginalString;

    /// <summary>Asks the endpoint who is at fault. Many may want to know at once: it is asked once.</summary>
    private async Task<Fault> VerifyAsync(DeliveryTerm term, EndpointState endpoint, ModuleConfig module)
    {
        Task<Fault> verifying;
        lock (endpoint)
        {
            if (endpoint.Verifying is not { } last || (last.IsCompleted && Now - endpoint.VerifiedAt > VerdictHolds))
                endpoint.Verifying = AskAsync();
            verifying = endpoint.Verifying!;
        }

        return await verifying;

        async Task<Fault> AskAsync()
        {
            await Task.Yield(); // Not under the lock.
            var attempt = await sender.VerifyAsync(module, module.WebhookUrl, endpoint.Bot!.Value, term.Ended);
            endpoint.VerifiedAt = Now;
            if (attempt.IsOurFault)
                return Fault.Unknown; // It was not asked.
            if (attempt.Succeeded)
                return Fault.Event;
            if (attempt.Status == 410)
                await SwitchOffAsync(term, endpoint, module.WebhookUrl);
            else
                await OpenAsync(term, endpoint, module.WebhookUrl, attempt);
            return Fault.Endpoint;
        }
    }

    private async Task OpenAsync(DeliveryTerm term, EndpointState endpoint, Uri url, Attempt attempt)
    {
        if (endpoint.Row is { Circuit: Circuit.Off })
            return; // Meanwhile another attempt was answered 410.

        term.Lanes.Open(endpoint.Id, Circuit.Open); // Before it is written down: what fails in vain would fail on meanwhile.
        Log.Opened(log, endpoint.Id.Value, attempt.Error ?? "", attempt.Status);
        try
        {
            await ChangeAsync(term, endpoint, (_, now) => new EndpointStateRow(endpoint.Id, Circuit.Open, url.OriginalString, now) { ProbeAt = now + _waits.Probe(0, attempt) }, null);
        }
        catch when (!term.Ended.IsCancellationRequested)
        {
            term.Lanes.Close(endpoint.Id, null); // Nobody would ask it again, and it would stay down for good.
            throw;
        }

        _ = WatchAsync(term, endpoint);
    }

    private async Task SwitchOffAsync(DeliveryTerm term, EndpointState endpoint, Uri url)
    {
        if (endpoint.Row is { Circuit: Circuit.Off } row && row.Url == url.OriginalString)
            return;

        // Written down first: what waits is buried only under that word. Once, whoever else of those in flight was told the same.
        var isNew = await ChangeAsync(
            term, endpoint,
            (was, now) => was is { Circuit: Circuit.Off } && was.Url == url.OriginalString ? null : new EndpointStateRow(endpoint.Id, Circuit.Off, url.OriginalString, now), EndpointNotice.SwitchedOff);
        term.Lanes.Open(endpoint.Id, Circuit.Off);
        if (isNew)
            Log.SwitchedOff(log, endpoint.Id.Value);
    }

    private async Task CloseAsync(DeliveryTerm term, EndpointState endpoint)
    {
        var wasTold = endpoint.Row is { Circuit: Circuit.Off } or { Notices: > 0 };
        var url = state.Snapshot.Modules.GetValueOrDefault(endpoint.Id)?.WebhookUrl.OriginalString ?? endpoint.Row!.Url;
        await ChangeAsync(term, endpoint, (_, now) => new EndpointStateRow(endpoint.Id, Circuit.Closed, url, now), wasTold ? EndpointNotice.Recovered : null);
        Log.Closed(log, endpoint.Id.Value);
        Recover(term, endpoint);
    }

    /// <summary>Lets an endpoint that is back have what waits at a pace that grows: a thousand that come back at once are no burst, neither for them nor for us.</summary>
    private void Recover(DeliveryTerm term, EndpointState endpoint)
    {
        term.Lanes.Close(endpoint.Id, 1);
        _ = GrantAsync(endpoint.Row!.Since);

        async Task GrantAsync(DateTimeOffset since)
        {
            while (endpoint.Row is { Circuit: Circuit.Closed } row && row.Since == since && !term.Ended.IsCancellationRequested)
            {
                var recoveredFor = Now - since;
                if (recoveredFor >= RecoversFor)
                {
                    term.Lanes.Grant(endpoint.Id, null);
                    return;
                }

                term.Lanes.Grant(endpoint.Id, (int)Math.Pow(2, recoveredFor.TotalSeconds));
                await Task.Delay(GrantEvery, clock, term.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Asks an endpoint that is down, after waits that grow, until it answers or is switched off.</summary>
    private async Task WatchAsync(DeliveryTerm term, EndpointState endpoint)
    {
        while (!term.Ended.IsCancellationRequested)
        {
            try
            {
                while (endpoint.Row is { Circuit: Circuit.Open } row)
                {
                    await WaitAsync(term, endpoint, row.ProbeAt - Now ?? TimeSpan.Zero);
                    endpoint.Working = term.Lanes.Work(); // Until it waits again.
                    await ProbeAsync(term, endpoint, row);
                }

                return;
            }
            catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) // The worker loop: an endpoint that nobody asks any more would stay down for ever.
            {
                Log.ProbeFailed(log, error, endpoint.Id.Value);
                await Task.Delay(EndpointWaits.FirstProbe, clock, term.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                endpoint.Working?.Dispose();
            }
        }
    }

    private async Task ProbeAsync(DeliveryTerm term, EndpointState endpoint, EndpointStateRow row)
    {
        if (endpoint.Row is not { Circuit: Circuit.Open })
            return;
        if (HasMoved(endpoint.Id))
        {
            await CloseAsync(term, endpoint);
            return;
        }

        if (state.Snapshot.Modules.GetValueOrDefault(endpoint.Id) is not { } module || (endpoint.Bot ??= BotOf(endpoint.Id)) is not { } bot)
        {
            await ChangeAsync(term, endpoint, (now, at) => now with { ProbeAt = at + EndpointWaits.ProbeWaitMax }, null); // Nobody is linked to it any more.
            return;
        }

        await _probing.WaitAsync(term.Ended);
        Attempt attempt;
        try
        {
            attempt = await sender.VerifyAsync(module, module.WebhookUrl, bot, term.Ended);
        }
        finally
        {
            _probing.Release();
        }

        if (attempt.IsOurFault)
            await ChangeAsync(term, endpoint, (now, at) => now with { ProbeAt = at + EndpointWaits.FirstProbe }, null); // It was not asked, and this is no step towards its being switched off.
        else if (attempt.Succeeded)
            await CloseAsync(term, endpoint);
        else if (attempt.Status == 410 || await IsToBeSwitchedOffAsync(term, row))
            await SwitchOffAsync(term, endpoint, module.WebhookUrl);
        else
            await StayOpenAsync(term, endpoint, row, attempt);
    }

    private async Task StayOpenAsync(DeliveryTerm term, EndpointState endpoint, EndpointStateRow row, Attempt attempt)
    {
        EndpointNotice? notice = row.Notices < _waits.NoticeAfter.Length && Now - row.Since >= _waits.NoticeAfter[row.Notices] ? (EndpointNotice)row.Notices : null;
        if (notice is { } told)
            Log.Noticed(log, endpoint.Id.Value, told);
        await ChangeAsync(
            term, endpoint,
            (was, now) => was with
            {
                Probes = row.Probes + 1, Notices = row.Notices + (notice is null ? 0 : 1), ProbeAt = now + _waits.Probe(row.Probes + 1, attempt),
            },
            notice);
    }

    /// <summary>Never without the last notice a day before: while no gateway ran, nobody was told.</summary>
    private async Task<bool> IsToBeSwitchedOffAsync(DeliveryTerm term, EndpointStateRow row) =>
        Now - row.Since >= options.Value.SwitchOffAfter && row.Notices == _waits.NoticeAfter.Length
        && await store.ReadAsync(tx => tx.Endpoints.Notices(row.Module, 1) is [var last] && tx.Now - last.At >= TimeSpan.FromDays(1), term.Ended);

    private async Task PauseAsync(DeliveryTerm term, EndpointState endpoint, Uri url, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero || endpoint.Row?.PausedUntil >= Now + wait - VerdictHolds)
            return; // Others of those in flight were told the same.

        await ChangeAsync(term, endpoint, (was, now) => was with { PausedUntil = now + wait }, null, url);
        Pause(term, endpoint);
    }

    /// <summary>Until <see cref="LookAsync"/> finds that the time is over.</summary>
    private static void Pause(DeliveryTerm term, EndpointState endpoint)
    {
        term.Lanes.Pause(endpoint.Id, true);
        endpoint.IsPaused = true;
    }

    /// <summary>Writes down how an endpoint is from now on, however often it takes.</summary>
    /// <param name="change">Gets it as it is, and the store's time; null: so it is already.</param>
    /// <param name="url">Of one that nothing was known of.</param>
    /// <returns>Whether it was otherwise before.</returns>
    private async Task<bool> ChangeAsync(DeliveryTerm term, EndpointState endpoint, Func<EndpointStateRow, DateTimeOffset, EndpointStateRow?> change, EndpointNotice? notice, Uri? url = null)
    {
        await _change.WaitAsync(term.Ended);
        try
        {
            while (true)
            {
                try
                {
                    (endpoint.Row, var isNew) = await store.WriteAsync(
                        tx =>
                        {
                            var now = tx.Now;
                            var was = tx.Endpoints.Find(endpoint.Id) ?? new EndpointStateRow(endpoint.Id, Circuit.Closed, url?.OriginalString ?? "", now);
                            if (change(was, now) is not { } row)
                                return (was, false);

                            tx.Endpoints.Put(row);
                            if (notice is { } kind)
                                tx.Endpoints.Tell(new EndpointNoticeRow(endpoint.Id, now, kind, row.Url));
                            return (row, true);
                        },
                        term.Ended);
                    return isNew;
                }
                catch (StoreUnavailableException error)
                {
                    Log.ChangeDelayed(log, error, endpoint.Id.Value);
                    await Task.Delay(StoreDelay, clock, term.Ended);
                }
            }
        }
        finally
        {
            _change.Release();
        }
    }

    private async Task WaitAsync(DeliveryTerm term, EndpointState endpoint, TimeSpan wait)
    {
        using var due = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock);
        endpoint.Working?.Dispose();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, term.Ended);
        try
        {
            await endpoint.Attention.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!term.Ended.IsCancellationRequested)
        {
            // Its time has come.
        }
    }

    private BotId? BotOf(ModuleId id) => state.Snapshot.Linkages.Values.FirstOrDefault(linked => linked.Module.Id == id)?.Row.Bot;

    private static partial class Log
    {
        [LoggerMessage(208, LogLevel.Warning, "The endpoint of module {ModuleId} does not answer ({Error}, status {Status}): what is owed to it waits.")]
        public static partial void Opened(ILogger logger, Guid moduleId, string error, int status);

        [LoggerMessage(209, LogLevel.Information, "The endpoint of module {ModuleId} answers again, or is another one: what waits goes to it.")]
        public static partial void Closed(ILogger logger, Guid moduleId);

        [LoggerMessage(210, LogLevel.Warning, "The endpoint of module {ModuleId} was switched off: what is owed to it are dead letters.")]
        public static partial void SwitchedOff(ILogger logger, Guid moduleId);

        [LoggerMessage(211, LogLevel.Warning, "The provider of module {ModuleId} gets a notice: {Notice}.")]
        public static partial void Noticed(ILogger logger, Guid moduleId, EndpointNotice notice);

        [LoggerMessage(212, LogLevel.Error, "The endpoint of module {ModuleId} could not be asked; tried again in ten seconds.")]
        public static partial void ProbeFailed(ILogger logger, Exception error, Guid moduleId);

        [LoggerMessage(213, LogLevel.Error, "How the endpoint of module {ModuleId} is could not be written down; tried again in a second.")]
        public static partial void ChangeDelayed(ILogger logger, Exception error, Guid moduleId);
    }
}
