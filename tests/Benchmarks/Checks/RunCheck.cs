using System.Text;
using Benchmarks.Load;
using Line;

namespace Benchmarks.Checks;

/// <summary>Looks at what a round did, off the clock: answers, counts in and out, signatures, ids, the order of each chat. It knows nothing of the gateway but its promises.</summary>
internal sealed class RunCheck(Population population)
{
    private const int FaultsShown = 5;
    private static readonly LineSignature Channel = new(Population.ChannelSecret);

    private readonly Dictionary<int, LineSignature> _modules = [];
    private readonly List<string> _faults = [];

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Copies that came once more and said so: allowed, and worth a look.</summary>
    public int Repeated { get; private set; }

    /// <summary>Every genuine request was answered 200; a forged one 401 by a server that knows the secret.</summary>
    public RunCheck Answers(Sending sending, bool verifies)
    {
        for (var i = 0; i < sending.Requests.Count; i++)
        {
            var expected = verifies && sending.Requests[i].IsForged ? 401 : 200;
            if (sending.Status[i] != expected)
                _faults.Add($"Event {sending.Requests[i].EventId} was answered {sending.Status[i]}; {expected} was expected.");
        }

        return this;
    }

    /// <summary>The journal holds every genuine event once and nothing else, each chat in the order in which it was accepted.</summary>
    /// <param name="ids">What it took in this round, in its order.</param>
    public RunCheck Journal(Sending sending, IReadOnlyList<string> ids)
    {
        var places = Genuine(sending);
        var seen = new HashSet<int>();
        var order = new List<int>(ids.Count);
        foreach (var id in ids)
        {
            if (!places.TryGetValue(id, out var place))
                _faults.Add($"The journal has event {id}, which no genuine request brought.");
            else if (!seen.Add(place))
                _faults.Add($"The journal has event {id} twice.");
            else
                order.Add(place);
        }

        Missing(sending, places, seen.Contains, "is not in the journal");
        InOrder(sending, order, "the journal");
        return this;
    }

    /// <summary>Each linked module got every event of its accounts once, signed with its own secret, without an id of LINE's, each chat in order. Once more is allowed where it says so.</summary>
    public RunCheck Copies(Sending sending, IReadOnlyList<Arrival> arrivals)
    {
        var places = Genuine(sending);
        var got = new Dictionary<(int Module, int Place), Arrival>();
        var orders = new Dictionary<int, List<int>>();
        foreach (var arrival in arrivals.OrderBy(arrival => arrival.At))
        {
            if (!SignatureOf(arrival.Module).IsValid(arrival.Body, arrival.Signature ?? ""))
                _faults.Add($"A request to module {arrival.Module} is not signed with its secret.");
            foreach (var id in EventIds(arrival.Body))
            {
                if (!places.TryGetValue(id, out var place))
                    _faults.Add($"Module {arrival.Module} got event {id}, which no genuine request brought.");
                else if (got.TryAdd((arrival.Module, place), arrival))
                    Took(sending.Requests[place], arrival, orders, place);
                else if (arrival.Body.AsSpan().IndexOf("\"isRedelivery\":true"u8) < 0)
                    _faults.Add($"Module {arrival.Module} got event {id} twice, and the second copy does not say so.");
                else
                    Repeated++;
            }
        }

        for (var slot = 0; slot < population.ModulesPerAccount; slot++)
        {
            var of = slot;
            Missing(sending, places, place => got.ContainsKey((population.ModuleOf(sending.Requests[place].Account, of), place)), $"did not come to its account's module {of}");
        }

        foreach (var (module, order) in orders)
            InOrder(sending, order, $"module {module}");
        return this;
    }

    /// <summary>A forwarder's work: every body once and unchanged, forged ones too, since it verifies nothing. Nobody asks it for order.</summary>
    public RunCheck Forwarded(Sending sending, IReadOnlyList<Arrival> arrivals)
    {
        var places = Places(sending, _ => true);
        var seen = new HashSet<int>();
        foreach (var arrival in arrivals)
        {
            var place = EventIds(arrival.Body) is [var id] && places.TryGetValue(id, out var known) ? known : -1;
            if (place < 0 || !sending.Requests[place].Body.Span.SequenceEqual(arrival.Body))
                _faults.Add($"Module {arrival.Module} got a body that nobody sent.");
            else if (!seen.Add(place))
                _faults.Add($"Event {sending.Requests[place].EventId} was forwarded twice.");
            else if (!sending.Requests[place].IsForged && !Channel.IsValid(arrival.Body, arrival.Signature ?? ""))
                _faults.Add($"Event {sending.Requests[place].EventId} was forwarded without its signature.");
        }

        Missing(sending, places, seen.Contains, "was not forwarded");
        return this;
    }

    /// <summary>Lets a good round pass.</summary>
    /// <exception cref="RefusedRunException">Something is wrong.</exception>
    public void Refuse()
    {
        if (_faults.Count > 0)
            throw new RefusedRunException($"The run is refused, {_faults.Count} fault(s): {string.Join(' ', _faults.Take(FaultsShown))}");
    }

    /// <summary>The ids of a body's events, found without reading it as JSON: this is done for every copy.</summary>
    internal static List<string> EventIds(ReadOnlySpan<byte> body)
    {
        var name = "\"webhookEventId\":\""u8;
        var ids = new List<string>(1);
        for (int at; (at = body.IndexOf(name)) >= 0;)
        {
            body = body[(at + name.Length)..];
            var end = body.IndexOf((byte)'"');
            ids.Add(Encoding.ASCII.GetString(body[..end]));
        }

        return ids;
    }

    private void Took(LoadRequest request, Arrival arrival, Dictionary<int, List<int>> orders, int place)
    {
        if (!Enumerable.Range(0, population.ModulesPerAccount).Any(slot => population.ModuleOf(request.Account, slot) == arrival.Module))
            _faults.Add($"Module {arrival.Module} got event {request.EventId} of account {request.Account}, to which it is not linked.");
        if (!arrival.Body.AsSpan().StartsWith(request.Body.Span[.."{\"destination\":\"U00000000000000000000000000000000\""u8.Length]))
            _faults.Add($"Event {request.EventId} came under another destination.");
        if (arrival.Body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Population.UserText(request.Account, request.User)[..34])) >= 0)
            _faults.Add($"Event {request.EventId} came to module {arrival.Module} with LINE's own user id.");
        var content = request.Body.Span[request.Body.Span.LastIndexOf(":\""u8)..];
        if (!arrival.Body.AsSpan().EndsWith(content))
            _faults.Add($"Event {request.EventId} came to module {arrival.Module} with another content.");
        if (!orders.TryGetValue(arrival.Module, out var order))
            orders.Add(arrival.Module, order = []);
        order.Add(place);
    }

    /// <summary>What was answered before another was sent comes before it. Two that were on their way at the same time have no order.</summary>
    private void InOrder(Sending sending, List<int> order, string where)
    {
        var latest = new Dictionary<(int, int), (long SentAt, int Place)>();
        foreach (var place in order)
        {
            var request = sending.Requests[place];
            var chat = (request.Account, request.User);
            if (latest.TryGetValue(chat, out var before) && sending.AnsweredAt[place] < before.SentAt)
                _faults.Add($"In {where} event {request.EventId} comes after {sending.Requests[before.Place].EventId} of the same chat, which LINE sent later.");
            if (!latest.TryGetValue(chat, out before) || sending.SentAt[place] > before.SentAt)
                latest[chat] = (sending.SentAt[place], place);
        }
    }

    private void Missing(Sending sending, Dictionary<string, int> places, Func<int, bool> isThere, string what)
    {
        foreach (var place in places.Values.Where(place => !isThere(place)))
            _faults.Add($"Event {sending.Requests[place].EventId} {what}.");
    }

    private LineSignature SignatureOf(int module)
    {
        if (!_modules.TryGetValue(module, out var signature))
            _modules.Add(module, signature = new LineSignature(Population.ModuleSecret(module)));
        return signature;
    }

    private static Dictionary<string, int> Genuine(Sending sending) => Places(sending, request => !request.IsForged);

    private static Dictionary<string, int> Places(Sending sending, Func<LoadRequest, bool> counts) =>
        sending.Requests.Index().Where(one => counts(one.Item)).ToDictionary(one => one.Item.EventId, one => one.Index);
}
