using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

/// <summary>Who gets into an organisation's rooms, and who may do what there.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_every_route_of_the_console_When_a_stranger_calls_it_Then_it_does_not_exist()
    {
        var stranger = await Buyer.NewAsync(_console.Portal, "Stranger");
        var form = await stranger.Browser.OpenAsync("/sign-in");
        var routes = await RoutesAsync();
        routes.Count.ShouldBeGreaterThan(8);

        foreach (var (method, address, _) in routes)
        {
            var page = method == "POST" ? await stranger.Browser.PostAsync(address, form) : await stranger.Browser.OpenAsync(address);
            page.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {address}");
        }
    }

    [Fact]
    public async Task Given_every_route_of_the_console_When_a_role_without_its_right_calls_it_Then_it_is_forbidden_and_nothing_changes()
    {
        var viewer = await _console.MemberAsync(Role.Viewer);
        var form = await viewer.Browser.OpenAsync("/sign-in");
        var before = await _console.AccountAsync();
        var closed = (await RoutesAsync()).Where(route => !Rights.Has(Role.Viewer, route.Right)).ToList();
        closed.Count.ShouldBeGreaterThan(6);

        foreach (var (method, address, right) in closed)
        {
            var page = method == "POST" ? await viewer.Browser.PostAsync(address, form) : await viewer.Browser.OpenAsync(address);
            page.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {address} needs {right}");
        }

        (await _console.AccountAsync()).Revision.ShouldBe(before.Revision);
    }

    [Fact]
    public async Task Given_a_viewer_When_they_look_at_My_accounts_Then_they_see_the_stack_and_no_button_that_changes_it()
    {
        var viewer = await _console.MemberAsync(Role.Viewer);

        var accounts = await viewer.Browser.OpenAsync(ConsoleHost.Accounts);

        accounts.Has("module-keyword-reply").ShouldBeTrue();
        accounts.Has("pause-keyword-reply").ShouldBeFalse();
        accounts.Has("detach-keyword-reply").ShouldBeFalse();
        accounts.Has("first-nobody").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_viewer_When_they_open_a_module_in_set_up_Then_they_cannot_turn_it_on()
    {
        var module = await _console.AddAsync("live-desk");
        var viewer = await _console.MemberAsync(Role.Viewer);

        (await viewer.Browser.OpenAsync(module.Path)).Has("turn-on").ShouldBeFalse();
        var posted = await viewer.Browser.PostAsync($"{module.Path}/turn-on", await viewer.Browser.OpenAsync("/sign-in"), ("first", "nobody"));

        posted.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_viewer_of_a_company_When_they_buy_Then_its_accounts_are_not_offered_to_them()
    {
        var viewer = await _console.MemberAsync(Role.Viewer);

        var account = await viewer.Browser.OpenAsync("/get/live-desk/account?plan=free");

        account.Has("account-connect").ShouldBeTrue();
        account.Has($"account-{_console.Bot}").ShouldBeFalse();
        var theirs = (await _console.AccountAsync()).Id;
        var forced = await viewer.Browser.PressAsync(account, "account-connect", ("Input.Account", theirs.ToString()), ("Input.Connect", "false"));
        forced.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_member_who_was_removed_When_they_click_the_next_time_Then_the_organisation_does_not_exist_for_them()
    {
        var admin = await _console.MemberAsync(Role.Admin);
        (await admin.Browser.OpenAsync(ConsoleHost.Accounts)).Status.ShouldBe(HttpStatusCode.OK);
        await _console.Portal.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.Memberships.Where(row => row.Role == Role.Admin).ToListAsync());
            return await db.SaveChangesAsync();
        });

        (await admin.Browser.OpenAsync(ConsoleHost.Accounts)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_nobody_signed_in_When_the_console_is_opened_Then_they_sign_in_and_come_back_to_it()
    {
        using var browser = _console.Portal.NewBrowser();

        (await browser.OpenAsync(ConsoleHost.Accounts)).Path.ShouldBe($"/sign-in?returnUrl={Uri.EscapeDataString(ConsoleHost.Accounts)}");
    }

    [Fact]
    public async Task Given_every_form_of_the_console_When_it_is_posted_without_its_token_Then_it_is_refused_and_nothing_changes()
    {
        var withoutToken = new Page(_console.Portal.Address, HttpStatusCode.OK, "");
        var before = await _console.AccountAsync();
        var forms = (await RoutesAsync()).Where(route => route.Method == "POST").Select(route => route.Address).Append("/sign-out").Append("/sign-in/as").ToList();

        foreach (var address in forms)
            (await _console.Owner.Browser.PostAsync(address, withoutToken, ("first", "nobody"), ("person", Guid.Empty.ToString()))).Status.ShouldBe(HttpStatusCode.BadRequest, address);

        (await _console.AccountAsync()).Revision.ShouldBe(before.Revision);
        (await _console.OpenAsync()).AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
    }

    [Fact]
    public async Task Given_a_module_of_another_organisation_When_a_member_names_it_in_their_own_path_Then_it_does_not_exist()
    {
        var other = await Buyer.NewAsync(_console.Portal, "Other");
        await other.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Other Shop");
        var theirs = await _console.LinkageAsync("keyword-reply");
        var form = await other.Browser.OpenAsync("/o/other-shop/accounts");

        (await other.Browser.OpenAsync($"/o/other-shop/modules/{theirs}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Browser.PostAsync($"/o/other-shop/modules/{theirs}/pause", form)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Browser.PostAsync($"/o/other-shop/modules/{theirs}/detach", form)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _console.OpenAsync()).AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
    }

    /// <summary>Everything that is mapped under <c>/o/{slug}</c>, as the running portal knows it, with addresses of the console's own company.</summary>
    private async Task<IReadOnlyList<(string Method, string Address, Right Right)>> RoutesAsync()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        var account = (await _console.AccountAsync()).Id;
        return
        [
            .. from endpoint in _console.Portal.Endpoints.OfType<RouteEndpoint>()
               let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
               where pattern.StartsWith("/o/", StringComparison.OrdinalIgnoreCase)
               let needed = endpoint.Metadata.GetMetadata<NeedsRightAttribute>() ?? throw new InvalidOperationException($"{pattern} names no right.")
               let method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET") ? "GET" : "POST"
               let address = pattern.Replace("{slug}", "qinglan-hair", StringComparison.OrdinalIgnoreCase)
                   .Replace("{linkage:guid}", linkage.ToString(), StringComparison.OrdinalIgnoreCase)
                   .Replace("{listing:guid}", Guid.Empty.ToString(), StringComparison.OrdinalIgnoreCase)
                   .Replace("{section}", "basics", StringComparison.OrdinalIgnoreCase)
                   .Replace("{account:guid}", account.ToString(), StringComparison.OrdinalIgnoreCase)
               select (method, pattern.EndsWith("reconnected", StringComparison.Ordinal) ? $"{address}?attachRequest={Guid.Empty}" : address, needed.Right),
        ];
    }
}
