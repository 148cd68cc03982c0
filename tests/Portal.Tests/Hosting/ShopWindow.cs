using Line;
using Portal.Catalog;
using Tenancy;

namespace Portal.Tests.Hosting;

/// <summary>Puts listings into the shop window of a test's portal. Everything that is not under test has a default.</summary>
public static class ShopWindow
{
    /// <summary>A listed module with a free plan (code <c>free</c>).</summary>
    public static Task<ModuleId> ListAsync(
        this PortalHost portal, string slug = "keyword-reply", string name = "Keyword Reply", ModuleRole role = ModuleRole.AnswersFirst,
        bool installable = true, long monthly = 0, bool certified = true, params string[] scopes) => portal.InDatabaseAsync(async db =>
    {
        var now = portal.Clock.GetUtcNow().AddDays(-1);
        var provider = new Organisation { Id = TenantId.New(), Slug = $"provider-{slug}", Name = "Made-up Works", Country = "TW", CreatedAt = now };
        var module = new Module
        {
            Id = ModuleId.New(),
            TenantId = provider.Id,
            Name = name,
            Role = role,
            ChannelId = ChannelId.Parse($"20{Random.Shared.Next(10_000_000, 99_999_999)}", null),
            ProtectedSecret = "protected",
            WebhookUrl = "http://127.0.0.1:5083/webhook",
            SetUpUrl = "http://127.0.0.1:5083/setup",
            RequiredScopes = scopes.Length > 0 ? scopes : [Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead],
            OptionalScopes = [],
        };
        var plan = new Plan { Id = PlanId.New(), ModuleId = module.Id, Code = "free", Position = 0 };
        plan.Prices.Add(new Price { Id = PriceId.New(), PlanId = plan.Id, Amount = Money.Of(monthly, Currency.Twd), Interval = BillingInterval.Month, ValidFrom = now });
        var shown = new Provider
        {
            Id = ProviderId.New(),
            TenantId = provider.Id,
            Slug = $"provider-{slug}",
            Name = "虛構工坊",
            LatinName = "Made-up Works",
            Country = "TW",
            SupportEmail = "help@example.com",
            CertifiedUntil = certified ? now.AddYears(1) : null,
            About = new Dictionary<string, string> { ["en"] = "Invented." },
        };
        var listing = new Listing
        {
            Id = ListingId.New(),
            ModuleId = module.Id,
            ProviderId = shown.Id,
            Slug = slug,
            Verticals = ["food"],
            Functions = ["chat"],
            Role = role,
            Permissions = [],
            PrivacyPolicyUrl = "https://example.com/privacy",
            IsInstallable = installable,
            Position = 0,
            PublishedAt = now,
        };
        listing.Texts.Add(new ListingText
        {
            ListingId = listing.Id,
            Language = "en",
            Name = name,
            Tagline = "Does one thing.",
            About = [],
            Benefits = [],
            Conversation = [],
            Reasons = new Dictionary<string, string>(),
            Plans = new Dictionary<string, ListingText.PlanText> { ["free"] = new("Free", []) },
            SupportHours = "",
            Releases = [],
            Keywords = [],
        });
        db.AddRange(provider, module, plan, shown, listing);
        await db.SaveChangesAsync();
        return module.Id;
    });

    /// <summary>What the gateway writes when LINE has attached a bot.</summary>
    public static Task<BotId> ConnectAsync(this PortalHost portal, BotId bot, string name = "青嵐髮廊", params string[] scopes) => portal.InDatabaseAsync(async db =>
    {
        db.Add(new Connection
        {
            BotId = bot,
            ChannelId = ChannelId.Parse("1000000001", null),
            State = ConnectionState.Attached,
            Scopes = scopes.Length > 0 ? scopes : Scopes.Base,
            DisplayName = name,
            BasicId = "@qinglan",
            AttachedAt = portal.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        return bot;
    });

    /// <summary>A fresh Bot ID: tests share servers, never data.</summary>
    public static BotId NewBot() => BotId.FromBits((UInt128)new System.Numerics.BigInteger(Guid.NewGuid().ToByteArray(), isUnsigned: true));
}
