using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Frame;

/// <summary>Whether people find a room by clicking: made from the running app's pages.</summary>
public sealed class RoomsTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_an_owner_in_the_console_When_looking_for_any_room_of_the_company_Then_a_link_leads_there()
    {
        var page = await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/accounts");

        LacksLinks(page, Rooms("/o/{Slug}/").Select(room => $"/o/qinglan-hair/{room}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_an_operator_When_looking_for_any_of_the_operators_rooms_Then_a_link_leads_there()
    {
        var page = await (await OperatorAsync()).Browser.OpenAsync("/operations");

        LacksLinks(page, Rooms("/operations/").Select(room => $"/operations/{room}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_stranger_with_a_module_to_sell_When_looking_at_the_front_page_Then_a_link_says_how_to_become_a_provider()
    {
        using var stranger = _console.Portal.NewBrowser("zh-TW");

        var front = await stranger.OpenAsync("/");

        (await stranger.OpenAsync(front.LinkOf("sell-here"))).Has("become-a-provider").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_member_of_two_companies_When_in_one_of_them_Then_the_menu_leads_to_the_other()
    {
        await _console.Portal.InDatabaseAsync(async db =>
        {
            var client = new Organisation { Id = TenantId.New(), Slug = "second-shop", Name = "Second Shop", Country = "TW", CreatedAt = _console.Portal.Clock.GetUtcNow() };
            var owner = await db.Memberships.IgnoreQueryFilters().Where(row => row.Organisation!.Slug == "qinglan-hair" && row.Role == Role.Owner).Select(row => row.PersonId).FirstAsync();
            db.AddRange(client, new Membership { TenantId = client.Id, PersonId = owner, Role = Role.Admin });
            return await db.SaveChangesAsync();
        });

        var page = await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/accounts");

        (await _console.Owner.Browser.OpenAsync(page.LinkOf("accounts-of-second-shop"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The last segments of all pages right below <paramref name="folder"/>.</summary>
    private List<string> Rooms(string folder)
    {
        var rooms = _console.Portal.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => route.StartsWith(folder, StringComparison.OrdinalIgnoreCase)).Select(route => route[folder.Length..])
            .Where(rest => !rest.Contains('/', StringComparison.Ordinal) && !rest.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        rooms.Count.ShouldBeGreaterThan(5);
        return rooms;
    }

    private static IEnumerable<string> LacksLinks(Page page, IEnumerable<string> addresses) =>
        addresses.Where(address => !page.Html.Contains($"href=\"{address}\"", StringComparison.Ordinal));

    private async Task<Buyer> OperatorAsync() => await Buyer.AsAsync(_console.Portal, await _console.Portal.InDatabaseAsync(async db =>
    {
        var row = new Person { Id = PersonId.New(), DisplayName = "Operator", Email = "operator@example.com", Language = "en", IsOperator = true, CreatedAt = _console.Portal.Clock.GetUtcNow() };
        db.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }));
}
