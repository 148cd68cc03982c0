using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;

namespace Reliability.World;

/// <summary>Shops with two modules each, customers who write without pause, LINE that sends again what was not answered with 200, and one gateway in a process of its own.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const int ModulesOfEach = 2;
    private const int ShopCount = 4;
    private const int ChatsOfEach = 6;

    private readonly GatewayHost _host;
    private readonly List<Shop> _shops = [];
    private readonly List<ModuleDouble> _modules = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _customers = [];
    private readonly HttpClient _line = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string _mutant;
    private GatewayProcess? _process;
    private TaskCompletionSource<Uri> _up = Closed();

    private Scene(GatewayHost host, string mutant)
    {
        _host = host;
        _mutant = mutant;
    }

    public Ledger Ledger { get; } = new(ModulesOfEach);

    /// <summary>Overrides of the process's configuration.</summary>
    public Dictionary<string, string?> Differs { get; } = [];

    public GatewayProcess Process => _process!;

    /// <summary>Ids of all events that were sent.</summary>
    public ConcurrentDictionary<string, byte> Ids { get; } = new();

    /// <summary>Where the gateway keeps its files.</summary>
    public string Folder => _host.Folder;

    /// <summary>Shops and modules are made by a gateway in this process; then its store is handed over to one that can be killed.</summary>
    public static async Task<Scene> SetAsync(GatewayHost host, string mutant = "")
    {
        await host.InitializeAsync();
        var scene = new Scene(host, mutant);
        for (var i = 0; i < ShopCount; i++)
        {
            var shop = await host.NewShopAsync();
            scene._shops.Add(shop);
            for (var j = 0; j < ModulesOfEach; j++)
            {
                var module = j;
                var linked = await shop.LinkAsync(answersFirst: j == 0);
                linked.Module.Status = got => scene.Take(module, got);
                scene._modules.Add(linked.Module);
            }
        }

        await host.RouteAsync();
        await host.StopAsync();
        return scene;
    }

    public async Task StartAsync()
    {
        var settings = _host.Settings();
        foreach (var (key, value) in Differs)
            settings[key] = value;
        _process = await GatewayProcess.StartAsync(settings, _mutant);
        _up.SetResult(_process.Address);
    }

    /// <summary>Customers begin to write, each in one chat, one message after the other; LINE sends each until it is answered with 200.</summary>
    public void Open()
    {
        for (var shop = 0; shop < ShopCount; shop++)
        {
            for (var chat = 0; chat < ChatsOfEach; chat++)
            {
                var (s, c) = (shop, chat);
                _customers.Add(Task.Run(() => WriteAsync(s, c)));
            }
        }
    }

    /// <summary>Kills the gateway and starts it again.</summary>
    public async Task KillAsync()
    {
        _up = Closed();
        Process.Kill();
        Process.Dispose();
        await StartAsync();
    }

    /// <summary>Customers fall silent, and all that was acknowledged arrives, or does not.</summary>
    /// <param name="patience">What has not arrived by then is lost: far more than it takes.</param>
    public async Task<Findings> CloseAsync(TimeSpan patience)
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_customers);
        await Ledger.CompleteAsync().WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // What did not come is counted.
        return Ledger.Judge();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _up.TrySetCanceled();
        _process?.Dispose();
        await Task.WhenAll(_customers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _line.Dispose();
        _closing.Dispose();
        foreach (var module in _modules)
            await module.DisposeAsync();
        await _host.StartAsync();
        await _host.DisposeAsync();
    }

    private static TaskCompletionSource<Uri> Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Take(int module, Got got)
    {
        if (!got.SignatureIsValid)
            Ledger.Wrong("a copy with a wrong signature");
        foreach (var one in got.Events.Where(one => (string?)one["type"] == "message"))
            Ledger.Arrive(module, Message.Parse((string)one["message"]!["text"]!), one["deliveryContext"]!["isRedelivery"]!.GetValue<bool>());
        return 200;
    }

    private async Task WriteAsync(int shop, int chat)
    {
        for (var place = 1; !_closing.IsCancellationRequested; place++)
        {
            var message = new Message(shop, chat, place);
            var one = _shops[shop].Message($"customer {chat}", message.Text, replyToken: Guid.NewGuid().ToString("N"), id: Shop.NewEventId());
            Ids.TryAdd((string)one["webhookEventId"]!, 0);
            while (!await SendAsync(shop, one, message))
            {
                if (_closing.IsCancellationRequested)
                    return; // LINE gives up: it was not acknowledged, and may come or not.
                one["deliveryContext"]!["isRedelivery"] = true;
            }
        }
    }

    private async Task<bool> SendAsync(int shop, JsonObject one, Message message)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["destination"] = _shops[shop].Bot.ToString(), ["events"] = new JsonArray(one.DeepClone()) }.ToJsonString());
        var door = await _up.Task;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door, $"/webhook/{GatewayHost.ModuleChannelId}")) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("x-line-signature", new LineSignature(GatewayHost.ModuleChannelSecret).Create(body));
        try
        {
            using var answer = await _line.SendAsync(request);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    Ledger.Acknowledge(message);
                    return true;
                case HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is not null:
                    Ledger.Refuse();
                    return false;
                default:
                    Ledger.Wrong($"status {(int)answer.StatusCode}, Retry-After {answer.Headers.RetryAfter}");
                    return false;
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            return false; // The gateway was killed: LINE sends it again.
        }
    }
}
