using Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Jobs;
using Portal.Mail;
using Portal.Store;
using Portal.Tests.Gateway;
using Portal.Tests.Mail;
using Tenancy;

namespace Portal.Tests.Hosting;

/// <summary>The portal as it runs, on a real server and a database of its own, with a gateway that the test plays.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Action<WebApplicationBuilder>? _also;
    private readonly Dictionary<string, string?> _changes = [];
    private WebApplication _app = null!;

    private PortalHost(TestDatabase database, FakeGateway gateway, Action<WebApplicationBuilder>? also) => (_database, Gateway, _also) = (database, gateway, also);

    public FakeGateway Gateway { get; }

    public TestClock Clock { get; } = new();

    /// <summary>What it prints for whoever starts it.</summary>
    public StringWriter Console { get; } = new();

    /// <summary>Where its mails go.</summary>
    public Postbox Post { get; } = new();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public SecretProtector Secrets => _app.Services.GetRequiredService<SecretProtector>();

    /// <summary>Every route that is mapped.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <param name="also">What else this portal is configured with.</param>
    public static async Task<PortalHost> StartAsync(Database kind = Database.Sqlite, Action<WebApplicationBuilder>? also = null)
    {
        var host = new PortalHost(new TestDatabase(kind), await FakeGateway.StartAsync(), also);
        await host.RunAsync();
        return host;
    }

    /// <summary>Ends the process's web app and starts another one on the same data: what lives only in memory is gone.</summary>
    /// <param name="changes">Settings that differ from now on.</param>
    public async Task RestartAsync(params (string Key, string Value)[] changes)
    {
        foreach (var (key, value) in changes)
            _changes[key] = value;

        await _app.DisposeAsync();
        await RunAsync();
    }

    /// <summary>A new browser without cookies.</summary>
    /// <param name="language">What it asks for.</param>
    public Browser NewBrowser(string language = "en") => new(() => Address, language);

    /// <summary>A look into the database with everybody's eyes.</summary>
    public async Task<T> InDatabaseAsync<T>(Func<PortalDb, Task<T>> look)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A test looks at everything.");
        return await look(scope.ServiceProvider.GetRequiredService<PortalDb>());
    }

    /// <summary>Runs the jobs that are due by the test's clock.</summary>
    /// <returns>When something is due next.</returns>
    public Task<DateTimeOffset> RunDueJobsAsync() => _app.Services.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Gateway.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task RunAsync()
    {
        _app = PortalApp.Build([], builder =>
        {
            var settings = _database.Configuration();
            settings["Gateway:BaseUrl"] = Gateway.BaseUrl;
            settings["Gateway:ManagementKey"] = FakeGateway.Key;
            settings["Identity:DevelopmentSignIn"] = "true";
            settings["Identity:FormsPerMinute"] = "10000"; // Everybody in tests comes from one address.
            settings["Portal:FormTargets:0"] = "http://line.test";
            settings["Jobs:Enabled"] = "false"; // Tests run them when they mean to: see RunDueJobsAsync.
            builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection(_changes);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSingleton<IMailTransport>(Post);
            builder.Services.AddKeyedSingleton<TextWriter>(Portal.Identity.FirstOperator.OutputKey, Console);
            _also?.Invoke(builder);
        });
        await _app.StartAsync();
    }
}
