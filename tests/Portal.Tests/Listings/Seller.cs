using System.Buffers.Binary;
using Line;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Listings;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Listings;

/// <summary>Somebody who sells: a certified company, one of its people in a browser, and a listing to write.</summary>
public sealed class Seller(PortalHost portal, Browser browser, TenantId tenant, string slug, PersonId person) : IDisposable
{
    public Browser Browser { get; } = browser;

    public TenantId Tenant { get; } = tenant;

    public string Slug { get; } = slug;

    public PersonId Person { get; } = person;

    public static async Task<Seller> NewAsync(PortalHost portal, Role role = Role.Owner, bool isCertified = true, string language = "en")
    {
        var now = portal.Clock.GetUtcNow();
        var organisation = new Organisation { Id = TenantId.New(), Slug = "s" + Guid.NewGuid().ToString("N")[..12], Name = "青嵐工坊", Country = "TW", CreatedAt = now };
        var person = NewPerson(now);
        await portal.InDatabaseAsync(async db =>
        {
            db.AddRange(organisation, person, new Membership { TenantId = organisation.Id, PersonId = person.Id, Role = role });
            db.Add(new Provider
            {
                Id = ProviderId.New(), TenantId = organisation.Id, Slug = organisation.Slug, Name = organisation.Name, LatinName = "Qinglan Works", Country = "TW", SupportEmail = "help@qinglan.example",
                CertifiedUntil = isCertified ? now.AddYears(1) : null, About = new Dictionary<string, string>(),
            });
            return await db.SaveChangesAsync();
        });
        return new Seller(portal, await SignedInAsync(portal, person.Id, language), organisation.Id, organisation.Slug, person.Id);
    }

    public static async Task<Browser> OperatorAsync(PortalHost portal)
    {
        var person = NewPerson(portal.Clock.GetUtcNow(), isOperator: true);
        await portal.InDatabaseAsync(db => { db.Add(person); return db.SaveChangesAsync(); });
        return await SignedInAsync(portal, person.Id, "en");
    }

    /// <summary>A listing whose draft lacks nothing.</summary>
    public async Task<OwnListing> DraftAsync(Func<ListingDocument, ListingDocument>? change = null)
    {
        var page = await Browser.OpenAsync(ListingPaths.New(Slug));
        var begun = await Browser.PressAsync(page, "begin", ("Input.Name", "Table Talk"), ("Input.Slug", "t" + Guid.NewGuid().ToString("N")[..12]));
        begun.Address.AbsolutePath.ShouldContain("/listings/", Case.Sensitive, begun.Text);
        var id = new ListingId(Guid.Parse(begun.Address.AbsolutePath.Split('/')[4]));
        var icon = Png(256, 256, 1);
        var looked = PictureFile.Look(PictureKind.Icon, icon);
        await portal.InDatabaseAsync(async db =>
        {
            var own = await db.Set<OwnListing>().SingleAsync(row => row.Id == id);
            foreach (var (kind, file) in new[] { (PictureKind.Icon, icon), (PictureKind.Cover, Png(1280, 720, 2)), (PictureKind.Screenshot, Png(390, 844, 3)) })
            {
                var image = PictureFile.Look(kind, file);
                db.Add(new ListingImage { ListingId = id, TenantId = Tenant, Fingerprint = image.Fingerprint, ContentType = image.ContentType, Content = file, Width = image.Width, Height = image.Height, UploadedAt = portal.Clock.GetUtcNow() });
            }

            own.Draft = Complete();
            own.Draft = change?.Invoke(own.Draft) ?? own.Draft;
            own.Edition++;
            return await db.SaveChangesAsync();
        });
        return await OwnAsync(id);
    }

    public static ListingDocument Complete() => new()
    {
        Markets = ["TW"], Verticals = ["food"], Functions = ["booking"], Role = ModuleRole.AnswersFirst,
        Texts = new Dictionary<string, ListingDocument.Words>
        {
            ["zh-TW"] = new()
            {
                Name = "桌邊談", Tagline = "訂位不漏接", About = "客人傳訊息，它就訂位。", Benefits = [new("少接電話", "訂位自動完成。")],
                Conversation = [new("customer", "今晚兩位"), new("module", "好的，七點為您保留。")], Reasons = new Dictionary<string, string> { [Scopes.MessageSend] = "回覆客人。" },
                Plans = new Dictionary<string, ListingText.PlanText> { ["standard"] = new("標準", ["訂位不限"]) },
            },
            ["en"] = new()
            {
                Name = "Table Talk", Tagline = "No booking gets lost", About = "A guest writes, it books.", Benefits = [new("Fewer calls", "Bookings make themselves.")],
                Conversation = [new("customer", "Two tonight"), new("module", "Seven is yours.")], Reasons = new Dictionary<string, string> { [Scopes.MessageSend] = "To answer guests." },
                Plans = new Dictionary<string, ListingText.PlanText> { ["standard"] = new("Standard", ["As many bookings as you like"]) },
            },
        },
        Pictures =
        [
            new(PictureKind.Icon, 0, "", PictureFile.Look(PictureKind.Icon, Png(256, 256, 1)).Fingerprint, ""),
            new(PictureKind.Cover, 0, "", PictureFile.Look(PictureKind.Cover, Png(1280, 720, 2)).Fingerprint, "A table"),
            new(PictureKind.Screenshot, 0, "", PictureFile.Look(PictureKind.Screenshot, Png(390, 844, 3)).Fingerprint, "A chat"),
        ],
        Plans = [new("standard", BillingInterval.Month, new Dictionary<string, string> { ["TWD"] = "800" }, "14", "")],
        Scopes = [new(Scopes.MessageSend, false)],
        WebhookUrl = "https://module.qinglan.example/webhook", SetUpUrl = "https://module.qinglan.example/setup", PrivacyUrl = "https://www.qinglan.example/privacy", SupportEmail = "help@qinglan.example",
        SupportHours = new Dictionary<string, string> { ["TW"] = "週一至週五 9:00–18:00" },
    };

    /// <summary>With a plan that costs nothing, so that it can be bought without a card.</summary>
    public static ListingDocument Free(ListingDocument document) => document with
    {
        Plans = [new("free", BillingInterval.Month, new Dictionary<string, string> { ["TWD"] = "0" }, "", "")],
        Texts = document.Texts.ToDictionary(text => text.Key, text => text.Value with { Plans = new Dictionary<string, ListingText.PlanText> { ["free"] = new("Free", []) } }),
    };

    /// <summary>Changes the draft as a save would, behind the pages.</summary>
    public Task<int> ChangeAsync(ListingId id, Func<ListingDocument, ListingDocument> change) => portal.InDatabaseAsync(async db =>
    {
        var own = await db.Set<OwnListing>().SingleAsync(row => row.Id == id);
        own.Change(change(own.Draft), portal.Clock.GetUtcNow());
        return await db.SaveChangesAsync();
    });

    public Task<Page> EditorAsync(ListingId id, EditorSection section = EditorSection.Basics, string? language = null) => Browser.OpenAsync(ListingPaths.Editor(Slug, id, section, language));

    public async Task<Page> SubmitAsync(ListingId id) => await Browser.PressAsync(await EditorAsync(id), "submit");

    /// <summary>Submitted by its maker and approved by an operator.</summary>
    public async Task<OwnListing> PublishedAsync(Func<ListingDocument, ListingDocument>? change = null)
    {
        var own = await DraftAsync(change);
        var submitted = await SubmitAsync(own.Id);
        submitted.Has("said-in-review").ShouldBeTrue(submitted.Text);
        using var reviewer = await OperatorAsync(portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review((await LatestAsync(own.Id)).Id));
        (await reviewer.PressAsync(review, "approve", ("decision", "Approve"))).Has("said-decided").ShouldBeTrue();
        return await OwnAsync(own.Id);
    }

    public Task<OwnListing> OwnAsync(ListingId id) => portal.InDatabaseAsync(db => db.Set<OwnListing>().AsNoTracking().SingleAsync(row => row.Id == id));

    public Task<ListingVersion> LatestAsync(ListingId id) => portal.InDatabaseAsync(db => db.Set<ListingVersion>().AsNoTracking().Where(row => row.ListingId == id).OrderByDescending(row => row.Number).FirstAsync());

    /// <summary>A complete picture of this size; the seed makes it another one.</summary>
    public static byte[] Png(int width, int height, byte seed)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, [seed]), .. Chunk("IEND"u8, [])];
    }

    public void Dispose() => Browser.Dispose();

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        return chunk;
    }

    private static Person NewPerson(DateTimeOffset now, bool isOperator = false) => new()
    {
        Id = PersonId.New(), Email = $"{Guid.NewGuid():N}@example.com", DisplayName = "Ching-Lan", Language = "en", IsOperator = isOperator, CreatedAt = now,
    };

    private static async Task<Browser> SignedInAsync(PortalHost portal, PersonId person, string language)
    {
        var browser = portal.NewBrowser(language);
        await browser.PostAsync("/sign-in/as", await browser.OpenAsync("/sign-in"), ("person", person.ToString()));
        return browser;
    }
}
