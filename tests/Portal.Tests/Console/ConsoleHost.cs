using Line;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

/// <summary>A company with one account and Keyword Reply on it, answering first: where most console tests begin.</summary>
public sealed class ConsoleHost : IAsyncDisposable
{
    public const string Accounts = "/o/qinglan-hair/accounts";

    private ConsoleHost(PortalHost portal, Buyer owner, BotId bot) => (Portal, Owner, Bot) = (portal, owner, bot);

    public PortalHost Portal { get; }

    public Buyer Owner { get; }

    public BotId Bot { get; }

    /// <param name="also">What else the portal is configured with.</param>
    public static async Task<ConsoleHost> StartAsync(Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? also = null)
    {
        var portal = await PortalHost.StartAsync(also: also);
        await portal.ListAsync("keyword-reply");
        await portal.ListAsync("live-desk", "Live Desk", ModuleRole.StepsInWhenAsked);
        var console = new ConsoleHost(portal, await Buyer.NewAsync(portal), ShopWindow.NewBot());
        await console.Owner.BuyAndTurnOnAsync("keyword-reply", console.Bot, "Qinglan Hair");
        return console;
    }

    /// <summary>Adds a module in set-up to the account that is connected already.</summary>
    public async Task<Page> AddAsync(string slug)
    {
        var account = await Owner.Browser.OpenAsync($"/get/{slug}/account?plan=free");
        return await Owner.ConfirmAsync(await Owner.Browser.PressAsync(account, "account-continue"));
    }

    public Task<Page> OpenAsync() => Owner.Browser.OpenAsync(Accounts);

    /// <summary>Opens My accounts as the owner and presses one button.</summary>
    public async Task<Page> PressAsync(string testId) => await Owner.Browser.PressAsync(await OpenAsync(), testId);

    public async Task<LinkageId> LinkageAsync(string slug)
    {
        var module = await Portal.InDatabaseAsync(db => db.Listings.Where(row => row.Slug == slug).Select(row => row.ModuleId).SingleAsync());
        return await Portal.InDatabaseAsync(db => db.Linkages.Where(row => row.ModuleId == module && row.BotId == Bot).Select(row => row.Id).SingleAsync());
    }

    public Task<OfficialAccount> AccountAsync() => Portal.InDatabaseAsync(db => db.OfficialAccounts.AsNoTracking().SingleAsync(row => row.BotId == Bot));

    /// <summary>LINE takes the connection away, as the gateway would write it.</summary>
    public Task DisconnectAsync(ConnectionState state = ConnectionState.Detached) => Portal.InDatabaseAsync(async db =>
    {
        (await db.Connections.SingleAsync(row => row.BotId == Bot)).State = state;
        return await db.SaveChangesAsync();
    });

    /// <summary>Somebody with this role in the company, signed in.</summary>
    public async Task<Buyer> MemberAsync(Role role)
    {
        var person = await Portal.InDatabaseAsync(async db =>
        {
            var member = new Person { Id = PersonId.New(), DisplayName = role.ToString(), Email = $"{Guid.NewGuid():N}@example.com", Language = "en", CreatedAt = Portal.Clock.GetUtcNow() };
            var tenant = await db.Organisations.Where(row => row.Slug == "qinglan-hair").Select(row => row.Id).SingleAsync();
            db.AddRange(member, new Membership { TenantId = tenant, PersonId = member.Id, Role = role });
            await db.SaveChangesAsync();
            return member.Id;
        });
        return await Buyer.AsAsync(Portal, person);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
