using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Frame;

/// <summary>Everybody finds their rooms by clicking, and is shown no door that is locked to them.</summary>
public sealed partial class NavigationTests
{
    private const string Company = "/o/qinglan-hair";

    [Fact]
    public async Task Given_an_operator_When_they_click_through_the_navigation_Then_each_of_their_rooms_opens()
    {
        await using var console = await ConsoleHost.StartAsync();
        var reader = await Buyer.AsAsync(console.Portal, await console.Portal.InDatabaseAsync(async db =>
        {
            var row = new Person { Id = PersonId.New(), DisplayName = "Operator", Email = "operator@example.com", Language = "en", IsOperator = true, CreatedAt = console.Portal.Clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        }));
        var home = await reader.Browser.OpenAsync("/");

        await RoomsAsync(reader, await reader.Browser.PressAsync(home, "operations"),
            "/operations", "/operations/queues", "/operations/providers", "/operations/listings", "/operations/audit", "/operations/agreements", "/operations/suspensions", "/operations/stuck", "/operations/events");
    }

    [Theory]
    [InlineData(Role.Owner, "accounts modules listings dev members provider agreements audit leave")]
    [InlineData(Role.Admin, "accounts modules listings members")]
    [InlineData(Role.Billing, "accounts modules members")]
    [InlineData(Role.Developer, "accounts modules listings dev members")]
    [InlineData(Role.Viewer, "accounts modules members")]
    public async Task Given_a_member_When_they_click_through_the_navigation_Then_each_room_of_their_role_opens_and_no_other_is_offered(Role role, string rooms)
    {
        await using var console = await ConsoleHost.StartAsync();
        var member = await console.MemberAsync(role);
        var home = await member.Browser.OpenAsync("/");

        await RoomsAsync(member, await member.Browser.PressAsync(home, "my-accounts"), [.. rooms.Split(' ').Select(room => room == "dev" ? "/dev/modules" : $"{Company}/{room}"), "/catalog"]);
    }

    [Fact]
    public async Task Given_somebody_on_the_front_page_When_they_look_for_where_to_sell_Then_a_link_leads_there()
    {
        await using var portal = await PortalHost.StartAsync();
        var visitor = portal.NewBrowser("en");

        (await visitor.PressAsync(await visitor.OpenAsync("/"), "sell-here")).Has("become-a-provider").ShouldBeTrue();
    }

    private static async Task RoomsAsync(Buyer reader, Page first, params string[] rooms)
    {
        var offered = Links(first);
        offered.Order().ShouldBe(rooms.Order());
        foreach (var room in offered)
        {
            var page = await reader.Browser.OpenAsync(room);
            page.Status.ShouldBe(HttpStatusCode.OK, room);
            page.Path.ShouldBe(room, "It is the room that was clicked.");
            if (room != "/catalog" && room != "/dev/modules")
                Links(page).Order().ShouldBe(offered.Order(), $"from {room} on to the others");
        }
    }

    private static IReadOnlyList<string> Links(Page page) => [.. Addresses().Matches(Navigation().Match(page.Html).Value).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct()];

    [GeneratedRegex("<nav class=\"console-nav\".*?</nav>", RegexOptions.Singleline)]
    private static partial Regex Navigation();

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
