using System.Net;
using Databases;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal;
using Portal.Catalog;
using Portal.Store;
using Tenancy;

namespace Benchmarks;

/// <summary>A portal whose catalog holds so many listings: copies of the invented market's, each with a name of its own, each found by all the grams of its template.</summary>
internal sealed class ManyListings : IAsyncDisposable
{
    private const int Batch = 1_000;
    private readonly TestDatabase _database;
    private readonly WebApplication _portal;
    private readonly HttpClient _http;

    private ManyListings(TestDatabase database, WebApplication portal)
    {
        (_database, _portal) = (database, portal);
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(portal.Urls.First()) };
        _http.DefaultRequestHeaders.Add("Accept-Language", "zh-TW");
    }

    public static async Task<ManyListings> StartAsync(Database kind, int listings)
    {
        var database = new TestDatabase(kind);
        var portal = PortalApp.Build([], builder =>
        {
            var settings = database.Configuration();
            settings["Demo:Seed"] = "true";
            settings["Gateway:BaseUrl"] = "http://127.0.0.1:9"; // Nobody is there, and nobody is asked.
            settings["Gateway:ManagementKey"] = new string('k', 40);
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await portal.StartAsync();
        var many = new ManyListings(database, portal);
        await many.FillAsync(listings);
        return many;
    }

    /// <summary>Opens a page of the catalog and reads it to the end.</summary>
    /// <returns>Milliseconds, loopback and rendering among them, and how many listings the page counts.</returns>
    public async Task<(double Milliseconds, int Total)> OpenAsync(string address)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await _http.GetAsync(new Uri(address, UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        var elapsed = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{address} was answered {(int)answer.StatusCode}.");

        const string Mark = "data-total=\"";
        var at = html.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return (elapsed, int.Parse(html.AsSpan(at, html.IndexOf('"', at) - at), System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task FillAsync(int listings)
    {
        var templates = await InDatabaseAsync(db => db.Listings.AsNoTracking().Include(row => row.Texts).OrderBy(row => row.Position).ToListAsync());
        var facets = await InDatabaseAsync(db => db.Set<ListingFacet>().AsNoTracking().ToListAsync());
        var prices = await InDatabaseAsync(db => db.Set<ListingPriceFrom>().AsNoTracking().ToListAsync());
        var modules = await InDatabaseAsync(db => db.Modules.AsNoTracking().ToDictionaryAsync(row => row.Id));
        foreach (var numbers in Enumerable.Range(templates.Count, Math.Max(0, listings - templates.Count)).Chunk(Batch))
        {
            await InDatabaseAsync(db =>
            {
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                foreach (var number in numbers)
                {
                    var template = templates[number % templates.Count];
                    db.AddRange(Copy(number, template, modules[template.ModuleId], facets, prices));
                }

                return db.SaveChangesAsync();
            });
        }

        // The grams are copied where they lie: there are some hundred to each listing.
        foreach (var template in templates)
        {
            var copies = $"{template.Slug}-x%";
            await InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
                INSERT INTO "ListingGrams" ("ListingId", "Gram", "Weight")
                SELECT copy."Id", gram."Gram", gram."Weight" FROM "Listings" AS copy, "ListingGrams" AS gram
                WHERE copy."Slug" LIKE {copies} AND gram."ListingId" = (SELECT "Id" FROM "Listings" WHERE "Slug" = {template.Slug})
                """));
        }

        await InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE")); // What a server does by itself soon after such an import.
    }

    private static IEnumerable<object> Copy(int number, Listing template, Module module, IReadOnlyList<ListingFacet> facets, IReadOnlyList<ListingPriceFrom> prices)
    {
        var (moduleId, listingId) = (ModuleId.New(), ListingId.New());
        yield return new Module
        {
            Id = moduleId, TenantId = module.TenantId, Name = $"{module.Name} {number}", Role = module.Role, ChannelId = ChannelId.Parse($"77{number:D6}", null), ProtectedSecret = "protected",
            WebhookUrl = module.WebhookUrl, RequiredScopes = module.RequiredScopes, OptionalScopes = module.OptionalScopes,
        };
        yield return new Listing
        {
            Id = listingId, ModuleId = moduleId, ProviderId = template.ProviderId, Slug = $"{template.Slug}-x{number}", Verticals = template.Verticals, Functions = template.Functions, Role = template.Role,
            Permissions = template.Permissions, PrivacyPolicyUrl = template.PrivacyPolicyUrl, IsInstallable = false, Position = number, PublishedAt = template.PublishedAt,
        };
        foreach (var text in template.Texts)
        {
            yield return new ListingText
            {
                ListingId = listingId, Language = text.Language, Name = $"{text.Name} {number}", Tagline = text.Tagline, About = text.About, Benefits = text.Benefits, Conversation = text.Conversation,
                Reasons = text.Reasons, Plans = text.Plans, SupportHours = text.SupportHours, Releases = text.Releases, Keywords = text.Keywords,
            };
        }

        foreach (var facet in facets.Where(facet => facet.ListingId == template.Id))
            yield return new ListingFacet { ListingId = listingId, Kind = facet.Kind, Value = facet.Value };
        foreach (var price in prices.Where(price => price.ListingId == template.Id))
            yield return new ListingPriceFrom { ListingId = listingId, Currency = price.Currency, MinorUnitsPerMonth = price.MinorUnitsPerMonth };
    }

    private async Task<T> InDatabaseAsync<T>(Func<PortalDb, Task<T>> work)
    {
        await using var scope = _portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A benchmark fills the shelves.");
        return await work(scope.ServiceProvider.GetRequiredService<PortalDb>());
    }
}
