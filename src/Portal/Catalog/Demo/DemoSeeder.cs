using System.Globalization;
using System.Security.Cryptography;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Store;
using Tenancy;

namespace Portal.Catalog.Demo;

/// <summary>Fills an empty market once, in one transaction: half a market is never seen.</summary>
internal sealed class DemoSeeder(IServiceScopeFactory scopes, IOptions<DemoOptions> options, TimeProvider clock) : IHostedService
{
    private static readonly Dictionary<string, string> RunningModules = new() { ["keyword-reply"] = "KeywordReply", ["live-desk"] = "LiveDesk" };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Seed)
            return;

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("demo data spans organisations");
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        if (await db.Listings.AnyAsync(cancellationToken) || await db.Organisations.AnyAsync(cancellationToken))
            return;

        var now = clock.GetUtcNow();
        var data = DemoData.Read();
        AddPeople(db, now);
        var providers = data.Providers.ToDictionary(provider => provider.Slug, provider => AddProvider(db, provider, now));
        var index = scope.ServiceProvider.GetRequiredService<CatalogIndex>();
        var secrets = scope.ServiceProvider.GetRequiredService<SecretProtector>();
        for (var i = 0; i < data.Listings.Count; i++)
            AddListing(db, index, secrets, data.Listings[i], providers[data.Listings[i].Provider], position: i, now);

        // Another process may have seeded between the look and the save: the unique slugs let one through, and the rows are the same.
        await db.TrySaveAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An owner with a company, an owner without one yet, and two operators.</summary>
    private static void AddPeople(PortalDb db, DateTimeOffset now)
    {
        var salon = AddOrganisation(db, "qinghe", "青禾髮廊", "TW", now);
        AddPerson(db, "lin@qinghe.example", "林予青", "zh-TW", now, salon);
        AddPerson(db, "wang@moon.example", "王柏丞", "zh-TW", now, organisation: null);
        var people = AddOrganisation(db, "module-market", "Module Market", "TW", now);
        AddPerson(db, "operator@market.example", "市集管理員 Operator", "zh-TW", now, people, isOperator: true);
        AddPerson(db, "reviewer@market.example", "市集審核員 Reviewer", "zh-TW", now, people, isOperator: true); // What two people approve needs two.
    }

    private static Provider AddProvider(PortalDb db, DemoData.ProviderFile file, DateTimeOffset now)
    {
        var organisation = AddOrganisation(db, file.Slug, file.Name, file.Country, now);
        organisation.CertifiedUntil = now.AddYears(1);
        AddPerson(db, file.Owner.Email, file.Owner.Name, file.Owner.Language, now, organisation);
        var provider = new Provider
        {
            Id = ProviderId.New(), TenantId = organisation.Id, Slug = file.Slug, Name = file.Name, LatinName = file.LatinName, Country = file.Country,
            SupportEmail = file.SupportEmail, CertifiedUntil = organisation.CertifiedUntil, About = file.About,
        };
        db.Add(provider);
        return provider;
    }

    private static Organisation AddOrganisation(PortalDb db, string slug, string name, string country, DateTimeOffset now)
    {
        var organisation = new Organisation { Id = TenantId.New(), Slug = slug, Name = name, Country = country, CreatedAt = now };
        db.Add(organisation);
        return organisation;
    }

    private static void AddPerson(PortalDb db, string email, string name, string language, DateTimeOffset now, Organisation? organisation, bool isOperator = false)
    {
        var person = new Person { Id = PersonId.New(), Email = email, DisplayName = name, Language = language, IsOperator = isOperator, CreatedAt = now };
        db.Add(person);
        if (organisation is not null)
            db.Add(new Membership { TenantId = organisation.Id, PersonId = person.Id, Role = Role.Owner });
    }

    private void AddListing(PortalDb db, CatalogIndex index, SecretProtector secrets, DemoData.ListingFile file, Provider provider, int position, DateTimeOffset now)
    {
        var running = RunningModules.TryGetValue(file.Slug, out var name) ? options.Value.Modules.GetValueOrDefault(name) : null;
        var module = new Module
        {
            Id = ModuleId.New(), TenantId = provider.TenantId, Name = file.Texts["en"].Name, Role = file.Role,
            ChannelId = ChannelId.Parse(running?.ChannelId ?? RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture), provider: null),
            ProtectedSecret = secrets.Protect(running?.ChannelSecret ?? RandomNumberGenerator.GetHexString(32, lowercase: true)),
            WebhookUrl = running?.WebhookUrl ?? $"https://{provider.Slug}.example/{file.Slug}/webhook", // Nobody is there: the listing cannot be installed.
            SetUpUrl = running?.SetUpUrl,
            RequiredScopes = [.. file.Permissions.Where(permission => !permission.Optional).Select(permission => permission.Scope)],
            OptionalScopes = [.. file.Permissions.Where(permission => permission.Optional).Select(permission => permission.Scope)],
        };
        db.Add(module);

        var plans = file.Plans.Select((plan, place) => PlanOf(module.Id, plan, place, now)).ToList();
        db.AddRange(plans);

        var listing = DemoListing.Make(file, module.Id, provider, isInstallable: running is not null, position, now);
        db.Add(listing);
        index.Add(listing, provider, plans);
    }

    private static Plan PlanOf(ModuleId moduleId, DemoData.PlanFile file, int position, DateTimeOffset now)
    {
        var plan = new Plan { Id = PlanId.New(), ModuleId = moduleId, Code = file.Code, Position = position, MessagesPerMonthMax = file.Messages, TrialDays = file.TrialDays };
        plan.Prices.AddRange(file.Prices.Select(price => new Price { Id = PriceId.New(), PlanId = plan.Id, Amount = Money.Of(price.Value, Currency.Of(price.Key)), Interval = file.Interval, ValidFrom = now }));
        return plan;
    }
}
