using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ModuleGateway;
using ModuleGateway.Store;
using ModuleGateway.Tests;

namespace ControlModel.World;

/// <summary>One gateway in this process, on its embedded store.</summary>
internal sealed class SqliteGateway : IGateway
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-model").FullName;
    private readonly FrozenClock _clock = new();
    private readonly StoreReader _reader;
    private readonly Func<SqliteGateway, Mutants> _mutants;
    private WebApplication? _app;
    private volatile TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SqliteGateway(string lineOrigin, Func<SqliteGateway, Mutants> mutants)
    {
        _mutants = mutants;
        Settings = World.Settings.For(_folder, lineOrigin);
        Doors = [new Uri($"http://127.0.0.1:{FreePort()}")];
        _reader = new StoreReader(() => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "gateway.db"), Mode = SqliteOpenMode.ReadOnly }.ToString()), "");
    }

    public IReadOnlyList<Uri> Doors { get; }

    public bool HasOnePlaceOrder => true;

    public long Now => _clock.Millis;

    public IReadOnlyDictionary<string, string?> Settings { get; }

    public CollectedLog Log { get; } = new();

    public IServiceProvider Services => _app!.Services;

    /// <param name="mutants">The bugs that are planted; they are made with the gateway, whose clock and store they may use.</param>
    public static async Task<SqliteGateway> StartAsync(string lineOrigin, Func<SqliteGateway, Mutants> mutants)
    {
        var gateway = new SqliteGateway(lineOrigin, mutants);
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>Time moves between two works of the store: one that has read it already is durable when this completes.</summary>
    public async Task AdvanceAsync(long millis)
    {
        while (true)
        {
            await _up.Task;
            try
            {
                await _app!.Services.GetRequiredService<IGatewayStore>().WriteAsync(_ =>
                {
                    _clock.Advance(millis);
                    return true;
                });
                return;
            }
            catch (Exception error) when (error is StoreUnavailableException or ObjectDisposedException)
            {
                // It is being restarted: nothing was done, and it will be up again.
            }
        }
    }

    public async Task RestartAsync(int door)
    {
        _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
            await _app!.StopAsync(patience.Token);
        await _app.DisposeAsync();
        await StartAsync();
    }

    public Task UpAsync(int door) => _up.Task;

    public Task<Rows> ReadNewAsync() => _reader.ReadNewAsync();

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync()
    {
        _app = GatewayApp.Build([], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Log);
            builder.WebHost.UseUrls(Doors[0].ToString());
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
            builder.Services.AddSingleton(_mutants(this));
        });
        await _app.StartAsync();
        _up.SetResult();
    }
}
