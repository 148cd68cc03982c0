using System.Text;
using Benchmarks.Checks;
using Benchmarks.Servers;
using Line;

namespace Benchmarks.Load;

/// <summary>One run's world: a fresh folder, everything outside, the gateway in a process of its own, and its journal as seen from without.</summary>
internal sealed class Stage(Population population, Dictionary<string, string?> settings) : IAsyncDisposable
{
    /// <summary>From here on a webhook for each account, and what it makes LINE and the portal do, takes longer than anything that is measured.</summary>
    private const int AttachedOneByOneMax = 1_000;

    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("benchmarks").FullName;

    public Population Population { get; } = population;

    public string Folder => _folder;

    public Outside Outside { get; private set; } = null!;

    public ServerProcess Gateway { get; private set; } = null!;

    public JournalFile Journal { get; private set; } = null!;

    public FlushTime Flush { get; private set; } = null!;

    /// <param name="population">Who takes part.</param>
    /// <param name="isLinked">Whether the accounts are connected and their modules linked; otherwise the gateway knows none of them, and keeps what comes as unroutable.</param>
    /// <param name="settings">More configuration of the gateway's.</param>
    public static async Task<Stage> StartAsync(Population population, bool isLinked, Dictionary<string, string?>? settings = null)
    {
        var stage = new Stage(population, settings ?? []) { Outside = await Outside.StartAsync() };
        try
        {
            stage.Flush = new FlushTime(stage._folder);
            stage.Journal = new JournalFile(stage._folder);
            stage.Gateway = await stage.StartAsync(ServerKinds.Gateway, isLinked ? population : null);
            if (isLinked)
                await stage.AttachAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server beside the gateway, or the gateway itself once more.</summary>
    public Task<ServerProcess> StartAsync(string kind, Population? links) => ServerProcess.StartAsync(new ServerPlan(kind, _folder, Outside.Port) { Links = links, Settings = settings });

    /// <summary>Ends the gateway's process, writes into its file, and starts it again on that.</summary>
    public async Task RestartAsync(Action<BulkRows> meanwhile)
    {
        await Gateway.DisposeAsync();
        Journal.Dispose();
        using (var rows = new BulkRows(_folder))
            meanwhile(rows);
        Gateway = await StartAsync(ServerKinds.Gateway, null);
        Journal = new JournalFile(_folder);
    }

    /// <summary>Completes when the gateway has nothing left to do.</summary>
    public Task SettledAsync() => Journal.SettledAsync(SettleWithin);

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        Journal?.Dispose();
        Flush?.Dispose();
        await Outside.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>LINE tells that each account was attached; what modules hear of it is taken away before anything is measured.</summary>
    private async Task AttachAsync()
    {
        using (var load = new LoadGenerator(Gateway.Url, connections: 8))
        {
            var isOneByOne = Population.Accounts <= AttachedOneByOneMax;
            var sending = load.AtOnce([.. Enumerable.Range(0, isOneByOne ? Population.Accounts : 1).Select(Attached)]);
            if (sending.Status.Any(status => status != 200))
                throw new InvalidOperationException("The gateway did not take the webhooks that attach the accounts.");

            await SettledAsync();
            if (!isOneByOne)
                await RestartAsync(rows => rows.AttachAll());
        }

        Outside.TakeArrivals();
    }

    private static LoadRequest Attached(int account)
    {
        var bot = Population.BotText(account);
        var id = $"01ATTACH{account:d18}";
        var body = Encoding.UTF8.GetBytes($$"""
            {"destination":"{{bot}}","events":[{"type":"module","mode":"active","webhookEventId":"{{id}}","timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"deliveryContext":{"isRedelivery":false},"module":{"type":"attached","botId":"{{bot}}","scopes":["message:send","message:receive"] } } ] }
            """);
        var head = Encoding.ASCII.GetBytes($"POST /webhook/{Population.ChannelId} HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n{LineSignature.HeaderName}: {new LineSignature(Population.ChannelSecret).Create(body)}\r\n\r\n");
        return new LoadRequest(account, 0, id, [.. head, .. body], head.Length, false);
    }
}
