using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModuleGateway.Control;
using ModuleGateway.Delivery;
using ModuleGateway.Facade;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using ModuleGateway.Tracing;
using Meter = System.Diagnostics.Metrics.Meter;

namespace ModuleGateway.Observing;

/// <summary>What the gateway does, in numbers. Tags are reasons, statuses, our calls' names, ids of modules and accounts; never a person's.</summary>
/// <remarks>An instrument that nobody listens to costs a look at a field.</remarks>
internal sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "ModuleGateway";

    /// <summary>Accounts that have a lag of their own: the longest. A gauge for each of very many would drown who collects them.</summary>
    private const int AccountsMax = 20;

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestSeconds;
    private readonly Counter<long> _events;
    private readonly Counter<long> _routed;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _attemptSeconds;
    private readonly Counter<long> _moves;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callSeconds;

    public GatewayMetrics(LagWatch lag, IGatewayStore store, DeliveryEngine engine, ModuleDialer dialer)
    {
        _requests = _meter.CreateCounter<long>("gateway.webhook.requests", "{request}", "Webhook requests by how they ended.");
        _requestSeconds = _meter.CreateHistogram<double>("gateway.webhook.duration", "s", "From a request's arrival to its answer: for those stored, until they were durable.");
        _events = _meter.CreateCounter<long>("gateway.webhook.events", "{event}", "Events taken in: new, known (LINE sent them again), anomaly (an id used for other bytes).");
        _routed = _meter.CreateCounter<long>("gateway.events.routed", "{event}", "Events whose receivers were decided.");
        _attempts = _meter.CreateCounter<long>("gateway.delivery.attempts", "{event}", "Events in attempts, by how the attempt ended.");
        _attemptSeconds = _meter.CreateHistogram<double>("gateway.delivery.attempt.duration", "s", "One attempt at a module, until its answer.");
        _moves = _meter.CreateCounter<long>("gateway.control.moves", "{move}", "Changes of hands as they were decided; one that its transaction ran again is counted again.");
        _calls = _meter.CreateCounter<long>("gateway.facade.calls", "{call}", "Calls of modules by status.");
        _callSeconds = _meter.CreateHistogram<double>("gateway.facade.call.duration", "s", "One call of a module's, until its answer.");
        _meter.CreateObservableGauge("gateway.lag", () => lag.Picture.Lag.TotalSeconds, "s", "How long the oldest undelivered event has waited, whatever for.");
        _meter.CreateObservableGauge("gateway.lag.alert", () => lag.Picture.RaisedAt is null ? 0 : 1, null, "1 while something waits longer than Lag:Max.");
        _meter.CreateObservableGauge("gateway.backlog", () => lag.Picture.Owed, "{event}", "Events owed to linkages.");
        _meter.CreateObservableGauge("gateway.undelivered", () => store.Undelivered.Count, "{event}", "Events not routed yet, and deliveries owed: what Journal:UndeliveredMax bounds.");
        _meter.CreateObservableGauge("gateway.store.waiting", () => store.Waiting, "{work}", "Works that wait to be written: what Store:QueueMax bounds.");
        _meter.CreateObservableGauge("gateway.delivery.in_flight", () => engine.Load.InFlight, "{attempt}", "Attempts that run: what Delivery:InFlightMax bounds.");
        _meter.CreateObservableGauge("gateway.delivery.lanes", () => engine.Load.Lanes, "{lane}", "Lanes in memory: what Delivery:LanesMax bounds.");
        _meter.CreateObservableGauge("gateway.delivery.connections", () => dialer.Places.Taken, "{connection}", "Connections to modules: what Delivery:ConnectionsMax bounds.");
        _meter.CreateObservableGauge("gateway.module.lag", () => OfModules(lag.Picture, one => (lag.Picture.At - one.OldestAt).TotalSeconds), "s", "The same, by module.");
        _meter.CreateObservableGauge("gateway.module.backlog", () => OfModules(lag.Picture, one => (double)one.Owed), "{event}", "The same, by module.");
        _meter.CreateObservableGauge("gateway.module.aside", () => OfModules(lag.Picture, one => (double)one.Aside), "{event}", "Events that stepped aside, by module.");
        _meter.CreateObservableGauge("gateway.account.lag", () => OfAccounts(lag.Picture), "s", "The same, by account: those that wait longest.");
    }

    /// <summary>A call that was refused before its handler.</summary>
    public void Refused(CallRow row, int status)
    {
        if (_calls.Enabled)
            _calls.Add(1, Tag("call", row.Name), Tag("status", status));
    }

    /// <summary>Counts and traces a webhook request.</summary>
    public Task WatchAsync(HttpContext http, RequestDelegate receive) => _requests.Enabled || _requestSeconds.Enabled || Spans.AreWanted ? WatchedAsync(http, receive) : receive(http);

    public void Accepted(Accepted accepted)
    {
        if (!_events.Enabled)
            return;

        _events.Add(accepted.New - accepted.Anomalies, Tag("kind", "new"));
        _events.Add(accepted.Known, Tag("kind", "known"));
        _events.Add(accepted.Anomalies, Tag("kind", "anomaly"));
    }

    public void Routed(int events) => _routed.Add(events);

    public void Attempted(int events, Attempt attempt)
    {
        var outcome = Tag("outcome", attempt.Error ?? "delivered");
        _attempts.Add(events, outcome);
        _attemptSeconds.Record(attempt.Millis / 1000.0, outcome);
    }

    public void Moved(ControlMove move) => _moves.Add(1, Tag("because", move.Gained.Because.ToString()), Tag("expired", move.IsExpiry));

    public void Called(FacadeCall call, FacadeAnswer answer, TimeSpan time)
    {
        if (!_calls.Enabled && !_callSeconds.Enabled)
            return;

        _calls.Add(1, Tag("call", call.Row.Name), Tag("status", answer.Status));
        _callSeconds.Record(time.TotalSeconds, Tag("call", call.Row.Name), Tag("status", answer.Status));
    }

    public void Dispose() => _meter.Dispose();

    private async Task WatchedAsync(HttpContext http, RequestDelegate receive)
    {
        using var span = Spans.Begin("webhook", ActivityKind.Server);
        var began = Stopwatch.GetTimestamp();
        await receive(http);
        var outcome = http.Response.StatusCode switch
        {
            200 => "stored",
            400 => "malformed",
            401 => "bad_signature",
            404 => "unknown_channel",
            413 => "too_large",
            503 => "not_kept",
            _ => "other",
        };
        span?.SetTag("http.response.status_code", http.Response.StatusCode).SetTag("gateway.outcome", outcome);
        _requests.Add(1, Tag("outcome", outcome));
        _requestSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, Tag("outcome", outcome));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new("gateway." + name, value);

    private static IEnumerable<Measurement<double>> OfModules(LagPicture picture, Func<ModuleBacklog, double> value) =>
        picture.ByModule.Select(one => new Measurement<double>(value(one.Value), Tag("module", one.Key.Value.ToString())));

    private static IEnumerable<Measurement<double>> OfAccounts(LagPicture picture) =>
        picture.ByAccount.Take(AccountsMax).Select(one => new Measurement<double>((picture.At - one.OldestAt).TotalSeconds, Tag("bot", one.Bot.ToString())));
}
