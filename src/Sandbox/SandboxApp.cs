using Microsoft.Extensions.Options;
using Sandbox.AccountLinks;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Audiences;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Consent;
using Sandbox.Console;
using Sandbox.Control;
using Sandbox.Coupons;
using Sandbox.Faults;
using Sandbox.Groups;
using Sandbox.Http;
using Sandbox.Login;
using Sandbox.Mailboxes;
using Sandbox.Messaging;
using Sandbox.Modules;
using Sandbox.Narrowcasts;
using Sandbox.Notifications;
using Sandbox.Phone;
using Sandbox.Primary;
using Sandbox.RichMenus;
using Sandbox.Statistics;
using Sandbox.Store;
using Sandbox.Time;
using Sandbox.Tokens;
using Sandbox.Webhooks;

namespace Sandbox;

/// <summary>LINE's platform on a laptop: consent, tokens, Messaging API, webhooks and chat control as LINE publishes them, and a phone to write from.</summary>
public static class SandboxApp
{
    /// <summary>Where it listens unless configuration says otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5082";

    /// <param name="args">Command line, as configuration.</param>
    /// <param name="configure">The host's own settings, laid over everything else.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // A line per request of a phone says nothing to anybody.
        configure?.Invoke(builder);

        builder.Services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidator>();
        builder.Services.AddOptions<SandboxOptions>()
            .BindConfiguration("Sandbox", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = Json.Options.DefaultIgnoreCondition;
            json.SerializerOptions.Encoder = Json.Options.Encoder;
            foreach (var converter in Json.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        builder.Services.AddState().AddWebhooks().AddLineApi().AddRichMenus().AddStatistics().AddAudiences().AddNarrowcasts().AddCoupons().AddNotices().AddAccountLinks().AddMailboxes().AddPhone().AddConsent(builder.Configuration);

        var app = builder.Build();
        app.UseRequestIds();
        app.UseSameOriginForOwnApis();
        app.UseAuthentication();
        app.UsePhonePages();
        app.MapConsent();
        AccountLinkDialog.Map(app);
        LoginPages.Map(app);
        TokenApi.Map(app);
        app.MapMessaging();
        app.MapRichMenus();
        app.MapStatistics();
        app.MapGroups();
        app.MapAudiences();
        app.MapNarrowcasts();
        app.MapCoupons();
        app.MapNotices();
        WebhookSettings.Map(app);
        app.MapControl();
        app.MapModules();
        app.MapUnknownCalls();
        app.MapConsole();
        ChannelPages.Map(app);
        TroublePages.Map(app);
        MailboxPages.Map(app);
        app.MapPhoneApi();
        app.MapPhoneGroups();
        app.MapTimelineApi();
        return app;
    }

    private static IServiceCollection AddState(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DocumentStore(provider.GetRequiredService<IOptions<SandboxOptions>>().Value.DataFile));
        services.AddSingleton(provider => SandboxClock.Restore(TimeProvider.System, provider.GetRequiredService<DocumentStore>(), provider.GetServices<ITimeFollower>()));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxClock>());
        services.AddSingleton<AccountDirectory>().AddSingleton<PeopleDirectory>().AddSingleton<ManagerDirectory>().AddSingleton<ScopedIds>().AddSingleton<Seed>();
        services.AddSingleton<ChannelDirectory>().AddSingleton<LinkageBook>();
        services.AddSingleton<ChatFeed>().AddSingleton<ChatBook>().AddSingleton<MessageIds>().AddSingleton<ActiveChannels>();
        services.AddSingleton<FriendHistory>().AddSingleton<IAccountData>(provider => provider.GetRequiredService<FriendHistory>());
        services.AddSingleton<DueWork>().AddHostedService(provider => provider.GetRequiredService<DueWork>());
        services.AddSingleton<GroupDirectory>().AddSingleton<IAccountData>(provider => provider.GetRequiredService<GroupDirectory>()).AddSingleton<ChatIds>().AddSingleton<GroupMoves>().AddSingleton<GroupCalls>();
        return services.AddHostedService<Opening>();
    }

    private static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<FaultBook>().AddSingleton<FaultyAnswers>().AddSingleton<ReplyTokens>().AddSingleton<WebhookLog>().AddSingleton<WebhookSender>().AddSingleton<WebhookAttempts>();
        services.AddSingleton<WebhookDispatcher>().AddSingleton<EventPublisher>().AddSingleton<WebhookSettings>();
        return services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
    }

    private static IServiceCollection AddLineApi(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>().AddSingleton<ClientAssertion>().AddSingleton<LoginCodes>().AddSingleton<TokenApi>();
        services.AddSingleton<ApiGate>().AddSingleton<RateBuckets>().AddSingleton<RetryKeys>().AddSingleton<ApiLog>().AddSingleton<ApiPipeline>().AddSingleton<Continuations>();
        services.AddSingleton<ChatTarget>().AddSingleton<ControlMoves>().AddSingleton<AcquireControl>().AddSingleton<ReleaseControl>();
        services.AddSingleton<Detaching>().AddSingleton<DetachModule>().AddSingleton<BotList>().AddSingleton<BuiltInBot>();
        services.AddSingleton<Mailing>().AddSingleton<Replies>().AddSingleton<ReplyMessage>().AddSingleton<PushMessage>().AddSingleton<MulticastMessage>();
        services.AddSingleton<MassMailing>().AddSingleton<Friends>().AddSingleton<BroadcastMessage>().AddSingleton<GetFollowers>().AddSingleton<MarkAsRead>();
        return services.AddSingleton<StartLoading>().AddSingleton<GetProfile>().AddSingleton<GetContent>().AddSingleton<ContentPreview>().AddSingleton<GetQuota>();
    }

    private static IServiceCollection AddAccountLinks(this IServiceCollection services) =>
        services.AddSingleton<LinkTokens>().AddSingleton<IssueLinkToken>().AddSingleton<AccountLinking>();

    private static IServiceCollection AddMailboxes(this IServiceCollection services) => services.AddSingleton<Mailbox>();

    private static IServiceCollection AddPhone(this IServiceCollection services) =>
        services.AddSingleton<Timeline>().AddSingleton<ModuleChatIds>().AddSingleton<GatewayTail>()
            .AddSingleton<Acting>().AddSingleton<Mentions>().AddSingleton<PersonActions>().AddSingleton<PersonChanges>().AddSingleton<PersonSignals>();
}
