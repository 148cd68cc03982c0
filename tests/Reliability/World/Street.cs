using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Routing;
using ModuleGateway.Tests.Delivery;

namespace Reliability.World;

/// <summary>Many shops at one gateway in a process of its own. Each has a good module and one in trouble; customers write to all of them.</summary>
internal sealed class Street : IAsyncDisposable
{
    private const int ChatsOfEach = 2;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly GatewayHost _host;
    private readonly TestCertificates _authority = new();
    private readonly string _hostsFile = Path.GetTempFileName();
    private readonly HostsFile _hosts;
    private readonly List<Neighbour> _neighbours = [];
    private readonly Dictionary<(int Shop, int Chat), int> _places = [];
    private readonly ConcurrentBag<TimeSpan> _delays = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _said = new();
    private readonly HttpClient _line = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Callers _callers;
    private GatewayProcess? _process;

    private Street(GatewayHost host)
    {
        (_host, _hosts) = (host, new HostsFile(_hostsFile));
        _callers = new Callers(host, _line);
    }

    /// <summary>What the good modules were to get and got.</summary>
    public Ledger Good { get; } = new(modulesOfEach: 1);

    /// <summary>The same of those in trouble, of which nothing that was owed became a dead letter.</summary>
    public Ledger Bad { get; } = new(modulesOfEach: 1);

    /// <summary>The same of those whose endpoint was switched off: what they had missed comes as a replay, in lanes of its own.</summary>
    public Ledger SwitchedOff { get; } = new(modulesOfEach: 1);

    public Callers Callers => _callers;

    public IReadOnlyList<Neighbour> Neighbours => _neighbours;

    /// <summary>How long copies were on their way to good modules, in order.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays.Order()];

    /// <param name="shops">How many.</param>
    public static async Task<Street> BuildAsync(int shops)
    {
        var host = new GatewayHost { Store = Database.Sqlite };
        await host.InitializeAsync();
        var street = new Street(host);
        for (var i = 0; i < shops; i++)
            await street.AddAsync(i);
        await host.WithRegistryAsync(db =>
        {
            foreach (var one in street._neighbours)
            {
                db.Modules.Single(row => row.ChannelId == one.Good.Channel).WebhookUrl = one.GoodServer.Url(Neighbour.HostOfGood(one.Place));
                db.Modules.Single(row => row.ChannelId == one.Bad.Channel).WebhookUrl = one.BadServer.Url(Neighbour.HostOfBad(one.Place));
            }
        });
        await host.RouteAsync();
        await host.StopAsync();
        return street;
    }

    /// <param name="settings">What this gateway has otherwise.</param>
    public async Task StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(_host.Settings())
        {
            ["Delivery:AllowPrivateAddresses"] = "false", ["Delivery:AllowedNetworks:0"] = "127.0.0.0/8", ["Delivery:TrustedRootsFile"] = _authority.RootsFile,
            ["Delivery:AttemptTimeout"] = "00:00:02", ["Delivery:ConnectTimeout"] = "00:00:01.5", ["Delivery:FaultAfter"] = "00:00:05", // A day's trouble in half a minute.
            ["Upstream:Timeout"] = "00:00:01",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        _process = await GatewayProcess.StartAsync(all, "", _hostsFile, Hear);
    }

    /// <summary>Each module but the good ones gets a trouble, from this one on in turn.</summary>
    public void Trouble(IReadOnlyList<Trouble> troubles, int first)
    {
        _said.Clear();
        foreach (var one in _neighbours)
        {
            var trouble = troubles[(one.Place + first) % troubles.Count];
            one.Trouble = trouble;
            one.Listen(Good, BookOf(one), _delays.Add);
            _hosts.Tell(Neighbour.HostOfBad(one.Place), trouble.Address);
            if (trouble.Certificate is { } show)
                one.BadServer.Certificate = show(_authority, Neighbour.HostOfBad(one.Place));
            one.BadServer.Behaviour = trouble.Behaviour;
            one.BadServer.CutAll(); // A connection that is open asks for neither name nor certificate again.
        }
    }

    /// <summary>Completes when the gateway has found every server that is down, or was told that it is gone.</summary>
    public Task FoundDownAsync() => Task.WhenAll(_neighbours.Where(one => one.Trouble is { IsDown: true }).Select(one => SaidAsync(one, one.Trouble!.SwitchesOff ? "switched off" : "does not answer")));

    /// <summary>All servers do well again. An endpoint that was switched off is switched on by the operator, who has what it missed sent once more.</summary>
    public async Task HealAsync()
    {
        foreach (var one in _neighbours)
        {
            _hosts.Tell(Neighbour.HostOfBad(one.Place), "127.0.0.1");
            one.BadServer.Certificate = _authority.For(Neighbour.HostOfBad(one.Place));
            one.BadServer.Behaviour = Behaviours.Answers;
        }

        foreach (var one in _neighbours.Where(one => one.Trouble is { SwitchesOff: true }))
        {
            await ManageAsync($"/management/modules/{one.BadModule.Value}/endpoint/switch-on", null);
            await ManageAsync("/management/replays", new { requestId = Guid.NewGuid(), moduleId = one.BadModule.Value, onlyDead = true });
        }
    }

    /// <summary>Customers write, each in a chat of his own and one message after the other, until so many were answered with 200 in all.</summary>
    public async Task WriteAsync(int messages)
    {
        using var enough = new CancellationTokenSource();
        var counted = Good.AcknowledgedAsync(Good.AcknowledgedCount + messages);
        var customers = _neighbours.SelectMany(one => Enumerable.Range(0, ChatsOfEach).Select(chat => Task.Run(() => WriteAsync(one, chat, enough.Token)))).ToList();
        await counted.WaitAsync(TimeSpan.FromSeconds(120));
        await enough.CancelAsync();
        await Task.WhenAll(customers);
    }

    public void BeginCalls(int shops) => _callers.Begin(_process!.Address, [.. _neighbours.Take(shops)]);

    /// <summary>How many recipients the gateway has counted for this shop's good module.</summary>
    public async Task<int> MeteredAsync(Neighbour shop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_process!.Address, $"/management/linkages/{shop.Good.Linkage.Value}/sends"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        using var answer = await _line.SendAsync(request);
        return (int)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["recipients"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _callers.Heal();
        await _callers.CloseAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // A gateway that starves its modules has them wait: that is what was to be seen.
        _process?.Dispose();
        _callers.Dispose();
        _line.Dispose();
        foreach (var one in _neighbours)
        {
            await one.GoodServer.DisposeAsync();
            await one.BadServer.DisposeAsync();
            await one.Good.Module.DisposeAsync();
            await one.Bad.Module.DisposeAsync();
        }

        _authority.Dispose();
        File.Delete(_hostsFile);
        await _host.StartAsync();
        await _host.DisposeAsync();
    }

    private async Task AddAsync(int place)
    {
        var shop = await _host.NewShopAsync();
        var (good, bad) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        var badModule = _host.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[bad.Linkage].Module.Id;
        _neighbours.Add(new Neighbour(place, shop, good, bad, badModule, await ServeAsync(Neighbour.HostOfGood(place)), await ServeAsync(Neighbour.HostOfBad(place))));
    }

    private async Task<HostileServer> ServeAsync(string host)
    {
        var server = new HostileServer { Behaviour = Behaviours.Answers, Certificate = _authority.For(host) };
        await server.StartAsync(IPAddress.Loopback);
        _hosts.Tell(host, "127.0.0.1");
        return server;
    }

    /// <summary>A module that was switched off once stays in its own book.</summary>
    private Ledger BookOf(Neighbour one)
    {
        one.WasSwitchedOff |= one.Trouble is { SwitchesOff: true };
        return one.WasSwitchedOff ? SwitchedOff : Bad;
    }

    private async Task WriteAsync(Neighbour to, int chat, CancellationToken enough)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!enough.IsCancellationRequested)
        {
            Message message;
            lock (_places)
                message = new Message(to.Place, chat, _places[(to.Place, chat)] = _places.GetValueOrDefault((to.Place, chat)) + 1);
            var one = to.Shop.Message($"customer {chat}", message.Text, at: TimeProvider.System.GetUtcNow(), replyToken: Guid.NewGuid().ToString("N"), id: Shop.NewEventId());
            while (!await SendAsync(to, one, message))
                one["deliveryContext"]!["isRedelivery"] = true;
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> SendAsync(Neighbour to, JsonObject one, Message message)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["destination"] = to.Shop.Bot.ToString(), ["events"] = new JsonArray(one.DeepClone()) }.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_process!.Address, $"/webhook/{GatewayHost.ModuleChannelId}")) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("x-line-signature", new LineSignature(GatewayHost.ModuleChannelSecret).Create(body));
        to.Posted[message] = Stopwatch.GetTimestamp();
        using var answer = await _line.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Good.Refuse();
            return false;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
            Good.Wrong($"a webhook was answered with {(int)answer.StatusCode}");
        Good.Acknowledge(message);
        (to.WasSwitchedOff ? SwitchedOff : Bad).Acknowledge(message);
        return true;
    }

    private async Task ManageAsync(string path, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_process!.Address, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        using var answer = await _line.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task SaidAsync(Neighbour one, string what)
    {
        var said = Saying($"{one.BadModule.Value} {what}").Task;
        await said.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Named instead.
        if (!said.IsCompleted)
            throw new TimeoutException($"The gateway did not find out that a server {one.Trouble!.Name}.");
    }

    private TaskCompletionSource Saying(string what) => _said.GetOrAdd(what, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>The gateway's log says how it finds endpoints.</summary>
    private void Hear(string line)
    {
        const string about = "The endpoint of module ";
        if (line.IndexOf(about, StringComparison.Ordinal) is not (>= 0 and var at) || !Guid.TryParse(line.AsSpan(at + about.Length, 36), out var module))
            return;

        foreach (var what in new[] { "does not answer", "switched off" })
        {
            if (line.Contains(what, StringComparison.Ordinal))
                Saying($"{module} {what}").TrySetResult();
        }
    }
}
