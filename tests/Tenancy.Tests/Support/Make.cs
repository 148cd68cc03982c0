using System.Globalization;
using System.Security.Cryptography;
using Line;

namespace Tenancy.Tests;

/// <summary>Rows with everything that is not under test filled in, each unlike any other.</summary>
public static class Make
{
    /// <summary>Finer than any database keeps, and with an offset, so that what is stored must be thought about.</summary>
    public static DateTimeOffset Noon { get; } = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)).AddTicks(1_234_567);

    public static BotId BotId() => Line.BotId.Parse("U" + RandomNumberGenerator.GetHexString(32, lowercase: true), null);

    public static ChannelId ChannelId() => Line.ChannelId.Parse(RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture), null);

    public static Organisation Organisation() => new()
    {
        Id = TenantId.New(),
        Slug = "org-" + RandomNumberGenerator.GetHexString(12, lowercase: true),
        Name = "青木髮廊",
        Country = "TW",
        CreatedAt = Noon,
    };

    public static Person Person(string? email = null) => new()
    {
        Id = PersonId.New(),
        Email = email ?? $"{Guid.NewGuid():N}@example.com",
        DisplayName = "林曉青",
        Language = "zh-TW",
        CreatedAt = Noon,
    };

    public static OfficialAccount OfficialAccount(TenantId tenant, BotId? botId = null) => new()
    {
        Id = OfficialAccountId.New(),
        TenantId = tenant,
        BotId = botId ?? BotId(),
        DisplayName = "青木髮廊 中山店",
        BasicId = "@123abcde",
        ClaimedAt = Noon,
    };

    public static Connection Connection(BotId? botId = null) => new()
    {
        BotId = botId ?? BotId(),
        ChannelId = ChannelId(),
        State = ConnectionState.Attached,
        Scopes = Scopes.Base,
        AttachedAt = Noon,
    };

    public static Module Module(TenantId provider) => new()
    {
        Id = ModuleId.New(),
        TenantId = provider,
        Name = "Keyword Reply",
        Role = ModuleRole.AnswersFirst,
        ChannelId = ChannelId(),
        ProtectedSecret = "protected",
        WebhookUrl = "http://127.0.0.1/webhook",
        RequiredScopes = [Scopes.MessageSend],
        OptionalScopes = [],
    };

    public static Linkage Linkage(OfficialAccount account, ModuleId module)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new()
        {
            Id = LinkageId.New(),
            TenantId = account.TenantId,
            OfficialAccountId = account.Id,
            BotId = account.BotId,
            ModuleId = module,
            State = LinkageState.InSetUp,
            Scopes = [Scopes.MessageSend, Scopes.ProfileRead],
            CreatedAt = Noon,
        };
    }

    public static Plan Plan(ModuleId module, string code = "free") => new() { Id = PlanId.New(), ModuleId = module, Code = code, Position = 0 };

    public static Price Price(PlanId plan, Money amount) => new()
    {
        Id = PriceId.New(),
        PlanId = plan,
        Amount = amount,
        Interval = BillingInterval.Month,
        ValidFrom = Noon,
    };

    public static Subscription Subscription(OfficialAccount account, Plan plan, Price price)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(price);
        return new()
        {
            Id = SubscriptionId.New(),
            TenantId = account.TenantId,
            OfficialAccountId = account.Id,
            ModuleId = plan.ModuleId,
            PlanId = plan.Id,
            PriceId = price.Id,
            State = SubscriptionState.Active,
            StartedAt = Noon,
        };
    }
}
