using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Catalog;
using Portal.Identity;
using Portal.Listings;
using Portal.Operations.Approvals;
using Portal.Operations.Suspensions;
using Portal.Providers;
using Portal.Purchasing;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;
using ApplicationId = Portal.Providers.ApplicationId;

namespace Portal.Tests.Isolation;

/// <summary>Two companies on one portal: the first has something of everything, the second's people try to get at it.</summary>
public sealed class Neighbours : IAsyncDisposable
{
    /// <summary>As no other account is called.</summary>
    private const string AccountName = "青嵐唯一本店";

    private Neighbours(ConsoleHost first) => First = first;

    public ConsoleHost First { get; }

    public PortalHost Portal => First.Portal;

    /// <summary>Ids and other values of the first company, by the name of the route's parameter or the request's, lower case.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that only the first company's rows hold: none of them may be in an answer to anybody of the second.</summary>
    public List<string> Markers { get; } = [];

    public Organisation Company { get; private set; } = null!;

    public Organisation OtherCompany { get; private set; } = null!;

    /// <summary>Somebody of the second company in each role.</summary>
    public Dictionary<Role, Membership> Others { get; } = [];

    /// <summary>Signed in, and a member nowhere.</summary>
    public Person Stranger { get; private set; } = null!;

    public static async Task<Neighbours> StartAsync(Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? also = null)
    {
        var neighbours = new Neighbours(await ConsoleHost.StartAsync(also));
        await neighbours.FurnishAsync();
        return neighbours;
    }

    /// <summary>All callers by name; the membership is null for the stranger, the person for nobody.</summary>
    public IEnumerable<(string Name, Person? Person, Membership? Membership)> Callers() =>
    [
        .. Others.Values.Select(row => ($"the other company's {row.Role}", row.Person, (Membership?)row)),
        ("a stranger", Stranger, null),
        ("nobody", null, null),
    ];

    /// <summary>What is different for the first company: rows that are gone or other than they were, and new ones that name something of its.</summary>
    public IReadOnlyList<string> Changes(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after).Select(line => $"gone: {line}"),
        .. after.Except(before).Where(line => Values.Values.Concat(Markers).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(line => $"new: {line}"),
    ];

    /// <summary>Every row of the database, a line each, but for those that are the second company's people's.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync()
    {
        // Whatever the second company's people do to their own is theirs.
        var own = Others.Values.Select(row => row.PersonId.Value).Append(Stranger.Id.Value).Append(OtherCompany.Id.Value).ToHashSet();
        return await Portal.InDatabaseAsync(async db =>
        {
            var lines = new List<string>();
            foreach (var type in db.Model.GetEntityTypes().Where(type => type.FindPrimaryKey() is not null && !type.IsOwned()))
            {
                if (type.GetTableName() is null or "JobRuns" or "ModuleProbes" or "OutgoingMails")
                    continue; // Work that goes by the clock, whoever calls.

                var rows = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!;
                foreach (var row in await rows.IgnoreQueryFilters().AsNoTracking().ToListAsync())
                {
                    var entry = db.Entry(row);
                    var values = entry.Properties.Select(property => (property.Metadata.Name, Value: Text(property.Metadata.GetTypeMapping().Converter?.ConvertToProvider(property.CurrentValue) ?? property.CurrentValue))).ToList();
                    if (!values.Any(value => Guid.TryParse(value.Value, out var id) && own.Contains(id)))
                        lines.Add($"{type.GetTableName()} {string.Join('|', values.Select(value => $"{value.Name}={value.Value}"))}");
                }
            }

            return (IReadOnlyList<string>)lines;
        });
    }

    public ValueTask DisposeAsync() => First.DisposeAsync();

    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => Convert.ToHexString(SHA256.HashData(bytes)),
        string text when text.Length > 200 => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private async Task FurnishAsync()
    {
        var other = await Buyer.NewAsync(Portal, "Other");
        await other.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Other Shop");
        var account = await First.AccountAsync();
        await Portal.InDatabaseAsync(async db =>
        {
            (await db.OfficialAccounts.SingleAsync(row => row.Id == account.Id)).DisplayName = AccountName;
            return await db.SaveChangesAsync();
        });
        // An order on its way, too: at the review, with the account's name on it.
        await First.Owner.Browser.PressAsync(await First.Owner.Browser.OpenAsync("/get/live-desk/account?plan=free"), "account-continue");
        await Portal.InDatabaseAsync(async db =>
        {
            Company = await db.Organisations.AsNoTracking().SingleAsync(row => row.Slug == "qinglan-hair");
            OtherCompany = await db.Organisations.AsNoTracking().SingleAsync(row => row.Slug == "other-shop");
            foreach (var role in Enum.GetValues<Role>())
            {
                var person = NewPerson($"Other {role}");
                var membership = new Membership { TenantId = OtherCompany.Id, PersonId = person.Id, Role = role };
                db.AddRange(person, membership);
                Others[role] = new Membership { TenantId = OtherCompany.Id, PersonId = person.Id, Role = role, Organisation = OtherCompany, Person = person };
            }

            db.Add(Stranger = NewPerson("Stranger"));
            var bought = await db.Set<Order>().AsNoTracking().SingleAsync(row => row.TenantId == Company.Id && row.State == OrderState.InReview);
            var owner = await db.People.AsNoTracking().SingleAsync(row => row.Id == bought.BuyerId);
            var suspension = new Suspension
            {
                Id = Guid.CreateVersion7(), Kind = SuspensionKind.Listing, SubjectId = Guid.CreateVersion7(), TenantId = Company.Id, Title = "Qinglan's secret listing",
                Reason = "Qinglan's secret fault", SuspendedBy = owner.Id, SuspendedAt = Portal.Clock.GetUtcNow(), Before = "", OpenKey = "test",
            };
            var approval = new Approval { Id = ApprovalId.New(), Kind = ApprovalKind.Certification, SubjectId = Guid.CreateVersion7(), TenantId = Company.Id };
            approval.Submit(1, owner.Id, [], Portal.Clock.GetUtcNow());
            db.AddRange(suspension, approval);
            await db.SaveChangesAsync();

            var listing = new OwnListing
            {
                Id = ListingId.New(), TenantId = Company.Id, ModuleId = bought.ModuleId, Slug = "qinglan-secret", Standing = ListingStanding.Live, CreatedAt = Portal.Clock.GetUtcNow(), ChangedAt = Portal.Clock.GetUtcNow(),
                Draft = new ListingDocument { Texts = new Dictionary<string, ListingDocument.Words> { ["en"] = new() { Name = "Qinglan's secret draft" } } }, LastVersion = 1,
            };
            var version = new ListingVersion
            {
                Id = ListingVersionId.New(), ListingId = listing.Id, TenantId = Company.Id, Number = 1, Document = listing.Draft, Fingerprint = VersionFingerprint.Of(listing.Draft), State = VersionState.InReview,
                SubmittedBy = owner.Id, SubmittedAt = Portal.Clock.GetUtcNow(),
            };
            db.AddRange(listing, version);
            await db.SaveChangesAsync();
            Values["listing"] = listing.Id.ToString();
            Values["version"] = Values["listingversion"] = version.Id.ToString();
            Values["section"] = "texts";
            Markers.AddRange(["Qinglan's secret draft", listing.Slug]);

            var application = new ProviderApplication { Id = ApplicationId.New(), TenantId = Company.Id, Round = 1, Country = "TW", CompanyName = Company.Name, RegistrationNumber = "22099131", CreatedAt = Portal.Clock.GetUtcNow() };
            db.Add(application);
            await db.SaveChangesAsync();
            Values["application"] = application.Id.ToString();
            Values["document"] = Guid.CreateVersion7().ToString();
            Values["word"] = Values["part"] = "company";
            Values["act"] = "findings";
            Values["slug"] = Company.Slug;
            Values["organisation"] = Company.Id.ToString();
            Values["company"] = Company.Id.ToString();
            Values["account"] = Values["accountid"] = account.Id.ToString();
            Values["linkage"] = Values["linkageid"] = (await First.LinkageAsync("keyword-reply")).ToString();
            Values["order"] = Values["orderid"] = bought.Id.ToString();
            Values["module"] = Values["moduleid"] = bought.ModuleId.ToString();
            Values["person"] = Values["personid"] = Values["member"] = owner.Id.ToString();
            Values["token"] = "not-a-token";
            Values["invitation"] = Guid.NewGuid().ToString();
            Values["suspension"] = suspension.Id.ToString();
            Values["approval"] = Values["approvalid"] = approval.Id.ToString();
            Markers.AddRange([Company.Name, AccountName, First.Bot.ToString(), owner.Email, suspension.Title, suspension.Reason]);
            return 0;
        });
    }

    private Person NewPerson(string name) => new() { Id = PersonId.New(), DisplayName = name, Email = $"{Guid.NewGuid():N}@example.com", Language = "en", CreatedAt = Portal.Clock.GetUtcNow() };
}
