using Line;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tenancy.Tests;

/// <summary>A migrated registry on a database of its own, used as a web app uses it: through its services.</summary>
public sealed class Registry : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private Registry(TestDatabase database, ServiceProvider services)
    {
        _database = database;
        _services = services;
    }

    public IServiceProvider Services => _services;

    public static async Task<Registry> NewAsync(Database kind)
    {
        var database = new TestDatabase(kind);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Configuration()).Build();
        var registry = new Registry(database, new ServiceCollection().AddLogging().AddTenancy(configuration).BuildServiceProvider(validateScopes: true));
        try
        {
            await registry.Services.GetRequiredService<RegistryMigrator>().MigrateAsync(CancellationToken.None);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>A unit of work that sees everything.</summary>
    public Work AsEverybody() => Open(scope => scope.EnterEveryTenant("A test looks at everything."));

    /// <summary>A unit of work of one tenant.</summary>
    public Work As(TenantId tenant) => Open(scope => scope.Enter(tenant));

    /// <summary>A unit of work that nobody has entered.</summary>
    public Work AsNobody() => Open(_ => { });

    /// <summary>A new organisation.</summary>
    public async Task<Organisation> NewOrganisationAsync()
    {
        var organisation = Make.Organisation();
        await using var work = As(organisation.Id);
        work.Db.Add(organisation);
        await work.Db.SaveChangesAsync();
        return organisation;
    }

    /// <summary>A provider's new module with a free plan of two prices.</summary>
    public async Task<(Module Module, Plan Plan, Price Price)> NewModuleAsync()
    {
        var provider = await NewOrganisationAsync();
        await using var work = As(provider.Id);
        var module = Make.Module(provider.Id);
        var plan = Make.Plan(module.Id);
        var price = Make.Price(plan.Id, Money.Zero(Currency.Twd));
        work.Db.AddRange(module, plan, price);
        await work.Db.SaveChangesAsync();
        return (module, plan, price);
    }

    /// <summary>A new organisation's Official Account.</summary>
    public async Task<OfficialAccount> NewAccountAsync(BotId? botId = null)
    {
        var owner = await NewOrganisationAsync();
        await using var work = As(owner.Id);
        var account = Make.OfficialAccount(owner.Id, botId);
        work.Db.Add(account);
        await work.Db.SaveChangesAsync();
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Work Open(Action<TenantScope> enter)
    {
        var scope = _services.CreateAsyncScope();
        enter(scope.ServiceProvider.GetRequiredService<TenantScope>());
        return new Work(scope);
    }
}
