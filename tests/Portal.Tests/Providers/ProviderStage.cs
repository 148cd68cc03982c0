using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Providers;
using Portal.Tests.Hosting;
using PublicWeb;
using Tenancy;
using ApplicationId = Portal.Providers.ApplicationId;

namespace Portal.Tests.Providers;

/// <summary>A portal, and a company's web site at an address that counts as the open internet here.</summary>
public sealed partial class ProviderStage : IAsyncDisposable
{
    public const string PrivacyText = "<html><title>Privacy</title><body>Acme Modules Ltd. keeps your data safe.</body></html>";

    private readonly WebApplication _site;

    private ProviderStage(PortalHost portal, WebApplication site) => (Portal, _site) = (portal, site);

    public PortalHost Portal { get; }

    public string PrivacyUrl => $"http://www.acme.test:{new Uri(_site.Urls.First()).Port}/privacy";

    /// <summary>What the company's own site answers; another one, www.other.test, always shows the page.</summary>
    public Func<IResult> Privacy { get; set; } = () => Results.Text(PrivacyText, "text/html");

    public static async Task<ProviderStage> StartAsync(Database kind = Database.Sqlite)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.2:0");
        var site = builder.Build();
        ProviderStage? stage = null;
        site.MapGet("/privacy", (HttpRequest request) => request.Host.Host == "www.acme.test" ? stage!.Privacy() : Results.Text(PrivacyText, "text/html"));
        await site.StartAsync();
        return stage = new(await PortalHost.StartAsync(kind, portal =>
        {
            portal.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Outside:AllowPlainHttp"] = "true", ["Outside:AllowedNetworks:0"] = "127.0.0.2/32" });
            portal.Services.AddSingleton<IHostLookup>(new Lookup().Says("www.acme.test", "127.0.0.2").Says("www.other.test", "127.0.0.2"));
        }), site);
    }

    /// <summary>A small PDF.</summary>
    public static byte[] Pdf(string inside = "") => Encoding.Latin1.GetBytes($"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n{inside}\nstartxref\n0\n%%EOF\n");

    /// <summary>A new person with a company that has begun to apply.</summary>
    public async Task<(Browser Owner, string Slug)> BeginAsync()
    {
        var owner = (await Buyer.NewAsync(Portal)).Browser;
        var overview = await owner.PressAsync(await owner.OpenAsync("/become-a-provider"), "begin-application", ("name", "Acme Modules Ltd."), ("country", "TW"), ("number", "２２０９９１３１"));
        overview.AttributeOf("application-state", "data-state").ShouldBe("Draft");
        return (owner, overview.Address.AbsolutePath.Split('/')[2]);
    }

    public async Task SavePrivacyAsync(Browser owner, string slug) =>
        (await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/privacy"), "save-part", ("url", PrivacyUrl))).Has("said-saved").ShouldBeTrue();

    /// <summary>All parts, and handed in.</summary>
    public async Task<(Browser Owner, string Slug)> ApplyAsync()
    {
        var (owner, slug) = await BeginAsync();
        await FillAsync(owner, slug);
        await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application");
        return (owner, slug);
    }

    /// <summary>All parts of an application that is begun; the agreement, where it is not accepted yet.</summary>
    public async Task FillAsync(Browser owner, string slug)
    {
        await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/company"), "save-part", ("address", "1 Made-up Road, Taipei"), ("email", "help@acme.test"), ("latin", "Acme Modules Ltd."));
        await SavePrivacyAsync(owner, slug);
        (await UploadAsync(owner, slug, "登記.pdf", Pdf())).Has("said-saved").ShouldBeTrue();
        var authority = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/authority"), "save-part", ("way", "Mailbox"), ("mailbox", "legal@acme.test"));
        await owner.PressAsync(authority, "prove-code", ("code", (await CodeAsync()).ToLowerInvariant()));
        await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/bank"), "save-part", ("bank", "004-1234"), ("holder", "Acme Modules Ltd."), ("account", "1234-5678-9012"));
        var agreement = await owner.OpenAsync($"/o/{slug}/provider/agreement");
        if (!agreement.Has("agreed"))
            await owner.PressAsync(agreement, "save-part");
    }

    /// <summary>Two reviewers look at an application and approve it; the page after the second vote.</summary>
    public async Task<Page> ReviewAsync(string slug, Browser one, Browser two)
    {
        var path = $"/operations/providers/{await IdAsync(slug)}";
        var review = await one.PressAsync(await one.OpenAsync(path), "take-up");
        review = await one.PressAsync(review, "findings", ("text", "Found in the register: https://register.example/22099131"), ("authority", "Mailbox"));
        await one.PressAsync(review, "approve");
        return await two.PressAsync(await two.OpenAsync(path), "approve");
    }

    public async Task<Page> UploadAsync(Browser owner, string slug, string name, byte[] content) =>
        await owner.UploadAsync($"/o/{slug}/provider/certificate", await owner.OpenAsync($"/o/{slug}/provider/certificate"), content, name,
            ("issued", Portal.Clock.GetUtcNow().AddDays(-10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>The code in the mail.</summary>
    public async Task<string> CodeAsync() =>
        CodeInMail().Match((await Portal.Post.NextAsync("legal@acme.test")).Text).Groups[1].Value;

    public async Task<Browser> OperatorAsync(string name)
    {
        var id = await Portal.InDatabaseAsync(async db =>
        {
            var person = new Person { Id = PersonId.New(), DisplayName = name, Email = $"{Guid.NewGuid():N}@example.com", Language = "en", IsOperator = true, CreatedAt = Portal.Clock.GetUtcNow() };
            db.Add(person);
            await db.SaveChangesAsync();
            return person.Id;
        });
        return (await Buyer.AsAsync(Portal, id)).Browser;
    }

    public Task<ApplicationId> IdAsync(string slug) => Portal.InDatabaseAsync(async db =>
    {
        var tenant = await db.Organisations.Where(row => row.Slug == slug).Select(row => row.Id).SingleAsync();
        return await db.Set<ProviderApplication>().Where(row => row.TenantId == tenant).OrderByDescending(row => row.Round).Select(row => row.Id).FirstAsync();
    });

    public Task<DateTimeOffset?> CertifiedUntilAsync(string slug) => Portal.InDatabaseAsync(db => db.Providers.Where(row => row.Slug == slug).Select(row => row.CertifiedUntil).SingleOrDefaultAsync());

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _site.DisposeAsync();
    }

    [GeneratedRegex(": ([A-Z2-9]{8})\\b")]
    private static partial Regex CodeInMail();

    /// <summary>A resolver that says what a test tells it, in turn and the last again and again.</summary>
    internal sealed class Lookup : IHostLookup
    {
        private readonly ConcurrentDictionary<string, Queue<IPAddress[]>> _answers = new();

        public Lookup Says(string host, params string[] inTurn)
        {
            _answers[host] = new Queue<IPAddress[]>(inTurn.Select(answer => answer.Split(' ').Select(text => IPAddress.Parse(text)).ToArray()));
            return this;
        }

        public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
        {
            if (IPAddress.TryParse(host, out var literal))
                return Task.FromResult<IPAddress[]>([literal]);
            if (!_answers.TryGetValue(host, out var answers))
                throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);

            lock (answers)
                return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        }
    }
}
