using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Routing;

public sealed class RegistryFollowerTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_gateway_that_starts_When_the_portal_changes_the_registry_between_its_two_looks_Then_the_change_is_applied()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.StopAsync();
        var writes = 0;
        _gateway.Differs = builder => builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider))
        {
            // A start writes its keys, then the registry's changes; after that the registry is read once more.
            Written = () => Interlocked.Increment(ref writes) == 2 ? PauseAsync(provider, module) : Task.CompletedTask,
        });
        await _gateway.StartAsync();
        await _gateway.Services.GetRequiredService<RegistryFollower>().FollowAsync(CancellationToken.None);
        ((string?)(await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["linkages"]![0]!["state"]).ShouldBe("paused");
    }

    [Fact]
    public async Task Given_a_module_whose_secret_cannot_be_opened_When_the_registry_is_followed_Then_the_other_modules_are_served()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.WithRegistryAsync(db => db.Modules.Add(new Module
        {
            Id = ModuleId.New(), TenantId = shop.Tenant, Name = "Another key ring's", Role = ModuleRole.AnswersFirst, ChannelId = Line.ChannelId.Parse("1990000009", null),
            ProtectedSecret = "not sealed with this key ring", WebhookUrl = "https://module.example/webhook", RequiredScopes = Scopes.Base, OptionalScopes = [],
        }));
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
    }

    private static async Task PauseAsync(IServiceProvider services, LinkedDouble module)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Tests play the portal.");
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        db.Linkages.Single(row => row.Id == module.Linkage).State = LinkageState.Paused;
        await db.SaveChangesAsync();
    }
}
