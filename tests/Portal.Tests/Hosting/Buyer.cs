using Line;
using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Tests.Gateway;
using Tenancy;

namespace Portal.Tests.Hosting;

/// <summary>Somebody who goes through the purchase's pages in a browser.</summary>
public sealed class Buyer(PortalHost portal, Browser browser)
{
    /// <summary>Everybody's in tests.</summary>
    public const string Passphrase = "seven paper lanterns";

    public Browser Browser { get; } = browser;

    /// <summary>A new person, signed in.</summary>
    public static async Task<Buyer> NewAsync(PortalHost portal, string name = "Yu-Chen", string language = "en")
    {
        var buyer = new Buyer(portal, portal.NewBrowser(language));
        var signIn = await buyer.Browser.OpenAsync("/sign-in");
        await buyer.Browser.PressAsync(signIn, "sign-up", ("Input.Name", name), ("Input.Email", $"{Guid.NewGuid():N}@example.com"), ("Input.Passphrase", Passphrase));
        return buyer;
    }

    /// <summary>Somebody who is in the database, signed in.</summary>
    public static async Task<Buyer> AsAsync(PortalHost portal, PersonId person)
    {
        var buyer = new Buyer(portal, portal.NewBrowser());
        var signIn = await buyer.Browser.OpenAsync("/sign-in");
        await buyer.Browser.PostAsync("/sign-in/as", signIn, ("person", person.ToString()));
        return buyer;
    }

    /// <summary>From "Get it" to LINE's door: the address at LINE, and the trip that the gateway knows.</summary>
    public async Task<(Page AtLine, Guid Trip)> GoToLineAsync(string slug)
    {
        var plan = await Browser.OpenAsync($"/get/{slug}?plan=free");
        var account = await Browser.PressAsync(plan, "plan-continue");
        var atLine = await Browser.PressAsync(account, "account-connect");
        atLine.Address.Host.ShouldBe("line.test", atLine.Text);
        return (atLine, portal.Gateway.AttachBodies.Last()["id"]!.GetValue<Guid>());
    }

    /// <summary>Consents at LINE to this bot and comes back to where LINE's return leads.</summary>
    public async Task<Page> ConsentAsync(Guid trip, BotId bot, params string[] scopes)
    {
        var granted = scopes.Length > 0 ? scopes : [.. Scopes.Base];
        if (!await portal.InDatabaseAsync(db => db.Connections.AnyAsync(row => row.BotId == bot)))
            await portal.ConnectAsync(bot, "青嵐髮廊", granted);
        portal.Gateway.Attach(trip, bot, "青嵐髮廊", "@qinglan", granted);
        return await Browser.OpenAsync(ReturnAddress(trip));
    }

    /// <summary>Where the gateway sends the browser after a trip.</summary>
    public string ReturnAddress(Guid trip)
    {
        var asked = portal.Gateway.AttachBodies.Single(body => body["id"]!.GetValue<Guid>() == trip);
        return new Uri(asked["returnUrl"]!.GetValue<string>()).PathAndQuery + $"&attachRequest={trip}&proof={FakeGateway.ProofOf(trip)}";
    }

    /// <summary>The whole way to the module's page in set-up.</summary>
    public async Task<Page> BuyAsync(string slug, BotId bot, string? company = null)
    {
        var (_, trip) = await GoToLineAsync(slug);
        var review = await ConsentAsync(trip, bot);
        return await ConfirmAsync(review, company);
    }

    public Task<Page> ConfirmAsync(Page review, string? company = null) =>
        Browser.PressAsync(review, "review-confirm", company is null ? [] : [("Input.CompanyName", company)]);

    /// <summary>Buys, then turns on as proposed or as told.</summary>
    public async Task<Page> BuyAndTurnOnAsync(string slug, BotId bot, string? company = null, string? first = null)
    {
        var module = await BuyAsync(slug, bot, company);
        return await Browser.PressAsync(module, "turn-on", first is null ? [] : [("first", first)]);
    }

    /// <summary>The id in the path of a module's page.</summary>
    public static LinkageId LinkageOf(Page module) => new(Guid.Parse(module.Address.AbsolutePath.Split('/')[4]));

    /// <summary>This order as the database has it.</summary>
    public Task<Order> OrderAsync(ModuleId module) => portal.InDatabaseAsync(db => db.Set<Order>().AsNoTracking().SingleAsync(order => order.ModuleId == module));
}
