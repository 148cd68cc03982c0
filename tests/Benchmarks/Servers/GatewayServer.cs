using Benchmarks.Load;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModuleGateway;
using ModuleGateway.Routing;
using Tenancy;

namespace Benchmarks.Servers;

/// <summary>The gateway as it is, with its real store.</summary>
internal static class GatewayServer
{
    private const int RowsAtOnce = 2_000;
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive];

    public static async Task<WebApplication> StartAsync(ServerPlan plan)
    {
        var app = GatewayApp.Build([], builder =>
        {
            // What it complains of is shown: standard output says only where it listens.
            builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(SettingsOf(plan));
        });
        await app.StartAsync();
        if (plan.Links is { } links)
            await LinkAsync(app.Services, links, plan.OutsidePort);
        return app;
    }

    private static Dictionary<string, string?> SettingsOf(ServerPlan plan)
    {
        var line = $"http://127.0.0.1:{plan.OutsidePort}";
        return new(plan.Settings)
        {
            ["Data:Folder"] = plan.Folder,
            ["Upstream:ApiBaseUrl"] = line,
            ["Upstream:DataBaseUrl"] = line,
            ["Upstream:ManagerBaseUrl"] = line,
            ["Upstream:Channels:0:ChannelId"] = Population.ChannelId,
            ["Upstream:Channels:0:ChannelSecret"] = Population.ChannelSecret,
            ["Delivery:AllowPrivateAddresses"] = "true",
            ["Attaching:PublicUrl"] = "http://127.0.0.1:5081",
            ["Attaching:ReturnOrigins:0"] = "http://127.0.0.1:5080",
            ["Management:Key"] = "a management key that is long enough",
        };
    }

    /// <summary>Writes the registry as the portal would: one company with all accounts, every module linked and on, the first of each account answering first.</summary>
    private static async Task LinkAsync(IServiceProvider services, Population links, int outsidePort)
    {
        var secrets = services.GetRequiredService<SecretProtector>();
        var (tenant, now) = (TenantId.New(), TimeProvider.System.GetUtcNow());
        var modules = Enumerable.Range(0, links.Modules).Select(_ => ModuleId.New()).ToArray();
        await SaveAsync(services, db =>
        {
            db.Organisations.Add(new Organisation { Id = tenant, Slug = "bench", Name = "Shops", Country = "TW", CreatedAt = now });
            for (var i = 0; i < modules.Length; i++)
            {
                db.Modules.Add(new Module
                {
                    Id = modules[i], TenantId = tenant, Name = $"Module {i}", Role = ModuleRole.AnswersFirst, ChannelId = Population.ModuleChannel(i),
                    ProtectedSecret = secrets.Protect(Population.ModuleSecret(i)), WebhookUrl = Population.ModuleUrl(i, outsidePort).ToString(), RequiredScopes = AllScopes, OptionalScopes = [],
                });
            }
        });

        for (var first = 0; first < links.Accounts; first += RowsAtOnce)
        {
            await SaveAsync(services, db =>
            {
                for (var i = first; i < Math.Min(first + RowsAtOnce, links.Accounts); i++)
                    Link(db, links, i, tenant, modules, now);
            });
        }

        await services.GetRequiredService<RegistryFollower>().FollowAsync(CancellationToken.None);
    }

    private static void Link(RegistryDb db, Population links, int account, TenantId tenant, ModuleId[] modules, DateTimeOffset now)
    {
        var (id, bot, linkages) = (OfficialAccountId.New(), Population.BotOf(account), Enumerable.Range(0, links.ModulesPerAccount).Select(_ => LinkageId.New()).ToArray());
        db.OfficialAccounts.Add(new OfficialAccount { Id = id, TenantId = tenant, BotId = bot, DisplayName = "A shop", BasicId = $"@b{account}", ClaimedAt = now, DefaultLinkageId = linkages[0] });
        for (var place = 0; place < linkages.Length; place++)
        {
            db.Linkages.Add(new Linkage
            {
                Id = linkages[place], TenantId = tenant, OfficialAccountId = id, BotId = bot, ModuleId = modules[links.ModuleOf(account, place)], State = LinkageState.On, Scopes = AllScopes, CreatedAt = now,
            });
        }
    }

    private static async Task SaveAsync(IServiceProvider services, Action<RegistryDb> change)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("The benchmark plays the portal.");
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        change(db);
        await db.SaveChangesAsync();
    }
}
