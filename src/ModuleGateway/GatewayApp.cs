using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModuleGateway.AccountLinks;
using ModuleGateway.Attaching;
using ModuleGateway.Control;
using ModuleGateway.Delivery;
using ModuleGateway.Docs;
using ModuleGateway.Facade;
using ModuleGateway.Ingress;
using ModuleGateway.Journal;
using ModuleGateway.Management;
using ModuleGateway.Metering;
using ModuleGateway.Observing;
using ModuleGateway.Owned;
using ModuleGateway.Retention;
using ModuleGateway.Replays;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using ModuleGateway.Tokens;
using ModuleGateway.Upstream;
using PublicWeb;
using Tenancy;

namespace ModuleGateway;

/// <summary>The gateway as a web app: webhooks in, webhooks out, LINE's API back.</summary>
public static class GatewayApp
{
    private const string DefaultUrl = "http://127.0.0.1:5081";

    /// <summary>Configuration is read once: watching its folder would wake a thread with each write to the store's file, where that lies beneath it, and slow down the write.</summary>
    private const string WithoutReload = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Puts the app together; it listens when it is run or started.</summary>
    /// <param name="args">Command line, as configuration.</param>
    /// <param name="configure">Changes to configuration and services, for a host that runs several apps and for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder([WithoutReload, .. args]);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // A line per request bears its query, and that LINE's codes and modules' tokens.
        configure?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddTenancy(builder.Configuration);
        AddRooms(builder.Services, builder.Configuration);

        var app = builder.Build();
        app.UseExceptionHandler(failure => failure.Run(http => FacadePipeline.WriteAsync(http, LineErrors.Internal(http.TraceIdentifier))));
        app.UseManagementKey();
        app.MapHealth();
        WebhookEndpoint.Map(app, app.Services.GetRequiredService<GatewayMetrics>().WatchAsync);
        app.MapTokens();
        app.MapAttaching();
        app.MapAccountLinks();
        var management = app.MapManagement();
        management.MapAttachRequests();
        management.MapOwnChannels();
        management.MapTestChats();
        management.MapOpenChats();
        management.MapExplain();
        management.MapReplays();
        management.MapLag();
        management.MapKeys();
        management.MapErasure();
        management.MapMeter();
        management.MapEndpoints();
        management.MapProbe();
        app.MapDocs();
        app.MapFacade();
        ShowOnTail(app.Services);
        Count(app.Services);
        return app;
    }

    /// <summary>The rooms say what happens in them; the live tail shows it.</summary>
    private static void ShowOnTail(IServiceProvider services)
    {
        var (tail, state) = (services.GetRequiredService<LiveTail>(), services.GetRequiredService<GatewayState>());
        services.GetRequiredService<WebhookEndpoint>().Received = tail.Received;
        services.GetRequiredService<RoutingWorker>().RoutedInChat = routed =>
            tail.Routed(routed, routed.Active.Linkage is { } id ? state.Snapshot.Linkages.GetValueOrDefault(id)?.Module.Name : null);
        services.GetRequiredService<LaneTurns>().Attempted = tail.Delivered;
        services.GetRequiredService<FacadePipeline>().Called = (call, answer, time) =>
            tail.Called(call.Caller, call.Method.Method, call.Path, call.Chat, answer.Status, (int)time.TotalMilliseconds, call.Body.Span, answer.Body.Span);
        services.GetRequiredService<ControlMoves>().Moved = services.GetRequiredService<MoveWatch>().Tell;
    }

    /// <summary>And it is counted.</summary>
    private static void Count(IServiceProvider services)
    {
        var metrics = services.GetRequiredService<GatewayMetrics>();
        services.GetRequiredService<WebhookEndpoint>().Kept += metrics.Accepted;
        services.GetRequiredService<RoutingWorker>().Routed += metrics.Routed;
        services.GetRequiredService<LaneTurns>().Attempted += (_, batch, attempt, _) => metrics.Attempted(batch.Count, attempt);
        services.GetRequiredService<FacadePipeline>().Called += metrics.Called;
        services.GetRequiredService<FacadePipeline>().Refused += metrics.Refused;
        services.GetRequiredService<ControlMoves>().Moved += metrics.Moved;
        var shares = services.GetRequiredService<AccountShares>();
        services.GetRequiredService<LagWatch>().Looked += picture => shares.Counted(picture.UndeliveredByAccount, LagWatch.CountedMax);
    }

    private static void AddRooms(IServiceCollection services, IConfiguration configuration)
    {
        AddOptions<StoreOptions>(services, "Store")
            .PostConfigure<IOptions<DataOptions>>((store, data) => store.Folder = store.Folder.Length > 0 ? store.Folder : data.Value.FullFolder);
        AddOptions<UpstreamOptions>(services, "Upstream");
        AddOptions<DeliveryOptions>(services, "Delivery");
        AddOptions<AttachingOptions>(services, "Attaching");
        AddOptions<ManagementOptions>(services, "Management");
        AddOptions<RateLimitOptions>(services, "RateLimits");
        AddOptions<RetentionOptions>(services, "Retention");
        AddOptions<JournalOptions>(services, "Journal");
        AddOptions<ReplayOptions>(services, "Replay");
        AddOptions<LagOptions>(services, "Lag");
        AddOptions<TelemetryOptions>(services, "Telemetry");

        services.TryAddSingleton(OpenStore);
        services.AddSingleton(provider => new StoreClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Mutants>();
        services.AddSingleton<MasterKeys>().AddSingleton<Vault>().AddSingleton<GatewayState>();
        services.AddSingleton<UpstreamChannels>();
        services.AddSingleton<LineUpstream>();
        services.AddSingleton<Notices>().AddSingleton<ControlMoves>().AddSingleton<ChatControl>().AddSingleton<LineControl>().AddSingleton<AccountControl>().AddSingleton<TestChats>().AddSingleton<OpenChats>().AddSingleton<Admission>();
        services.AddSingleton<EventJournal>().AddSingleton<JournalAlarm>().AddSingleton<AccountShares>().AddSingleton<Unsending>().AddSingleton<DeliveryTags>().AddSingleton<Connections>().AddSingleton<EventRouter>().AddSingleton<RegistryApplier>().AddSingleton<IdEraser>().AddSingleton<Eraser>();
        services.AddSingleton<ReplyTokens>().AddSingleton<ReadTokens>().AddSingleton<LinkTokens>().AddSingleton<AccountLinking>().AddSingleton<LinkTokenCall>().AddSingleton<ModuleTokens>().AddSingleton<ModuleCredentials>();
        services.TryAddSingleton<IHostLookup, SystemHostLookup>();
        services.AddSingleton<ModuleDialer>();
        services.AddSingleton<ModuleEndpoints>().AddSingleton<ModuleSender>().AddSingleton<DeliveryComposer>().AddSingleton<OutcomeWriter>().AddSingleton<LiveTail>().AddSingleton<ChatFinder>().AddSingleton<EventExplainer>();
        services.AddSingleton<LaneTurns>().AddSingleton<EndpointCircuits>().TryAddSingleton(Random.Shared);
        services.AddSingleton<Readiness>().AddSingleton<GatewayMetrics>();
        services.AddSingleton<FacadePipeline>().AddSingleton<UpstreamIds>().AddSingleton<UpstreamCall>().AddSingleton<PassCall>().AddSingleton<ReplyMessage>().AddSingleton<MarkAsRead>();
        services.AddSingleton<ChatControlCalls>().AddSingleton<ModuleCalls>().AddSingleton<WebhookEndpointCalls>().AddSingleton<ThingLists>();

        // In this order around each call: the meter hears how every send ended; what is refused for want of the thing takes nothing out of a bucket.
        services.AddSingleton<ICallStep, Meter>();
        services.AddSingleton<ICallStep, OwnedThings>().AddSingleton<ICallStep, MenuBatches>();
        services.AddSingleton<ICallStep, LineBuckets>().AddSingleton<ICallStep, TagNotification>();
        services.AddSingleton<AttachFlow>().AddSingleton<LostAnswers>().AddSingleton<OwnChannelFlow>().AddSingleton<OwnChannelEndpoint>().AddSingleton<ConnectionPublisher>().AddSingleton<WebhookEndpoint>();

        // In this order: what opens, then what works. The web server starts after all of them.
        services.AddHostedService<TelemetryExport>();
        services.AddHostedService<GatewayStartup>();
        AddWorker<MasterKeyReader>(services);
        AddWorker<RegistryFollower>(services);
        AddWorker<ChannelFollower>(services);
        AddWorker<DeliveryEngine>(services);
        AddWorker<RoutingWorker>(services);
        AddWorker<ReplayWorker>(services);
        AddWorker<LagWatch>(services);
        AddWorker<ExpiryWorker>(services);
        AddWorker<MoveWatch>(services);
        AddWorker<ErrandWorker>(services);
        AddWorker<AcceptedSends>(services);
        AddWorker<MeterWorker>(services);
        AddWorker<ConnectionWorker>(services);
        AddWorker<LeavingWorker>(services);
        AddWorker<BotListWorker>(services);
        AddWorker<UnlinkedWorker>(services);
        AddWorker<LeavingThings>(services);
        AddWorker<LostMakings>(services);
        AddWorker<Pruner>(services);
        AddWorker<UndeliveredCounter>(services);
    }

    internal static IGatewayStore OpenStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        return options.Provider == StoreOptions.PostgreSql
            ? new PostgreSqlStore(options, provider.GetRequiredService<ILogger<PostgreSqlStore>>())
            : new SqliteStore(options, provider.GetRequiredService<StoreClock>(), provider.GetRequiredService<Mutants>());
    }

    private static OptionsBuilder<TOptions> AddOptions<TOptions>(IServiceCollection services, string section) where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new SectionValidator<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
    }

    private static void AddWorker<TWorker>(IServiceCollection services) where TWorker : BackgroundService =>
        services.AddSingleton<TWorker>().AddSingleton<SteadyWorker<TWorker>>().AddHostedService(provider => provider.GetRequiredService<SteadyWorker<TWorker>>());
}
