using System.Net;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Identity;

public sealed class MembersTests : IAsyncLifetime
{
    private const string Members = "/o/qinglan-hair/members";
    private const string Guest = "guest@example.com";
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_an_invitation_When_its_guest_signs_up_on_the_way_and_says_yes_Then_they_belong_to_the_company_and_the_link_is_dead()
    {
        var link = await InviteAsync(Role.Admin);
        using var guest = _console.Portal.NewBrowser();

        var invitation = await guest.OpenAsync(link);
        invitation.TextOf("invitation-text").ShouldBe("Yu-Chen asks you to join Qinglan Hair. Your role: admin.");
        var signIn = await guest.PressAsync(invitation, "invitation-sign-in");
        invitation = await guest.PressAsync(signIn, "sign-up", ("Input.Name", "Guest"), ("Input.Email", Guest), ("Input.Passphrase", Buyer.Passphrase));
        var accounts = await guest.PressAsync(invitation, "invitation-accept");

        accounts.Path.ShouldBe(ConsoleHost.Accounts);
        (await guest.OpenAsync("/account/security")).Has("email-confirmed").ShouldBeTrue("the link came to this address");
        (await guest.OpenAsync(link)).Has("invitation-dead").ShouldBeTrue();
        var stranger = await Buyer.NewAsync(_console.Portal, "Stranger");
        await stranger.Browser.PostAsync($"{link}/accept", await stranger.Browser.OpenAsync("/account/security"));
        (await stranger.Browser.OpenAsync(Members)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_an_invitation_of_seven_days_ago_or_one_that_was_withdrawn_When_it_is_opened_Then_it_says_nothing_of_the_company()
    {
        var old = await InviteAsync(Role.Viewer);
        _console.Portal.Clock.Advance(Invitation.Lifetime);
        var withdrawn = await InviteAsync(Role.Viewer);
        await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync(Members), "invitation-withdraw");
        using var guest = _console.Portal.NewBrowser();

        foreach (var link in new[] { old, withdrawn, "/invitations/nothing" })
        {
            var page = await guest.OpenAsync(link);
            page.Has("invitation-dead").ShouldBeTrue(link);
            page.Text.ShouldNotContain("Qinglan");
        }
    }

    [Fact]
    public async Task Given_a_member_When_an_owner_removes_them_Then_their_open_page_is_refused_at_the_next_click()
    {
        var admin = await _console.MemberAsync(Role.Admin);
        var open = await admin.Browser.OpenAsync(ConsoleHost.Accounts);

        await RemoveAsync(await PersonAsync("Admin"));

        (await admin.Browser.PostAsync($"/o/qinglan-hair/modules/{await _console.LinkageAsync("keyword-reply")}/pause", open)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.Browser.OpenAsync(ConsoleHost.Accounts)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_the_last_owner_When_they_leave_or_step_down_or_remove_themselves_Then_they_stay()
    {
        var owner = await PersonAsync("Yu-Chen");
        var page = await _console.Owner.Browser.OpenAsync(Members);

        foreach (var (what, fields) in new (string, (string, string)[])[]
        {
            ("leave", []), ("remove", [("person", owner.ToString())]), ("role", [("person", owner.ToString()), ("role", "Viewer")]),
        })
            (await _console.Owner.Browser.PostAsync($"{Members}/{what}", page, fields)).TextOf("said").ShouldContain("at least one owner");

        (await _console.Portal.InDatabaseAsync(db => db.Memberships.CountAsync(row => row.Role == Role.Owner))).ShouldBe(1);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_two_owners_who_remove_each_other_at_once_When_both_are_answered_Then_one_owner_is_left(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);
        var people = await portal.InDatabaseAsync(async db =>
        {
            var company = new Organisation { Id = TenantId.New(), Slug = "two-owners", Name = "Two Owners", Country = "TW", CreatedAt = portal.Clock.GetUtcNow() };
            var pair = new[] { "a", "b" }.Select(name => new Person { Id = PersonId.New(), DisplayName = name, Email = $"{name}@example.com", Language = "en", CreatedAt = portal.Clock.GetUtcNow() }).ToArray();
            db.Add(company);
            db.AddRange(pair.Select(person => (object)person));
            db.AddRange(pair.Select(person => (object)new Membership { TenantId = company.Id, PersonId = person.Id, Role = Role.Owner }));
            await db.SaveChangesAsync();
            return pair;
        });
        var (first, second) = (await Buyer.AsAsync(portal, people[0].Id), await Buyer.AsAsync(portal, people[1].Id));
        var (firstPage, secondPage) = (await first.Browser.OpenAsync("/o/two-owners/members"), await second.Browser.OpenAsync("/o/two-owners/members"));

        await Task.WhenAll(
            first.Browser.PostAsync("/o/two-owners/members/remove", firstPage, ("person", people[1].Id.ToString())),
            second.Browser.PostAsync("/o/two-owners/members/remove", secondPage, ("person", people[0].Id.ToString())));

        (await portal.InDatabaseAsync(db => db.Memberships.CountAsync(row => row.Role == Role.Owner))).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_member_with_another_role_When_it_is_changed_Then_it_holds_from_their_next_click_on()
    {
        var viewer = await _console.MemberAsync(Role.Viewer);
        var person = await PersonAsync("Viewer");

        var page = await _console.Owner.Browser.OpenAsync(Members);
        (await _console.Owner.Browser.PostAsync($"{Members}/role", page, ("person", person.ToString()), ("role", "Owner"))).Has("said").ShouldBeTrue();

        (await viewer.Browser.OpenAsync(Members)).Has("invite").ShouldBeTrue();
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Viewer)]
    public async Task Given_a_member_who_is_no_owner_When_they_post_what_only_owners_may_Then_it_is_refused_and_nobody_is_invited(Role role)
    {
        var member = await _console.MemberAsync(role);
        var page = await member.Browser.OpenAsync(Members);
        page.Has("invite").ShouldBeFalse();

        foreach (var what in new[] { "invite", "withdraw", "role", "remove" })
            (await member.Browser.PostAsync($"{Members}/{what}", page, ("email", Guest), ("role", "Owner"), ("person", Guid.NewGuid().ToString()), ("invitation", Guid.NewGuid().ToString()))).Status.ShouldBe(HttpStatusCode.Forbidden, what);

        (await _console.Portal.InDatabaseAsync(db => db.Set<Invitation>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_somebody_who_leaves_When_they_click_the_next_time_Then_the_company_does_not_exist_for_them()
    {
        var admin = await _console.MemberAsync(Role.Admin);

        await admin.Browser.PressAsync(await admin.Browser.OpenAsync(Members), "leave");

        (await admin.Browser.OpenAsync(Members)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string> InviteAsync(Role role)
    {
        var page = await _console.Owner.Browser.OpenAsync(Members);
        if (page.Has("sign-in-again"))
            page = (await _console.Owner.Browser.OpenAsync(Members));
        var said = await _console.Owner.Browser.PressAsync(page, "invite", ("email", Guest), ("role", role.ToString()));
        if (said.Has("sign-in-again"))
        {
            var owner = await _console.Portal.InDatabaseAsync(db => db.People.SingleAsync(row => row.DisplayName == "Yu-Chen"));
            await _console.Owner.Browser.PressAsync(said, "sign-in-go", ("Input.Email", owner.Email), ("Input.Passphrase", Buyer.Passphrase));
            await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync(Members), "invite", ("email", Guest), ("role", role.ToString()));
        }

        return (await _console.Portal.Post.NextAsync(Guest)).Link;
    }

    private Task<PersonId> PersonAsync(string name) => _console.Portal.InDatabaseAsync(db => db.People.Where(row => row.DisplayName == name).Select(row => row.Id).SingleAsync());

    private async Task RemoveAsync(PersonId person) =>
        (await _console.Owner.Browser.PostAsync($"{Members}/remove", await _console.Owner.Browser.OpenAsync(Members), ("person", person.ToString()))).Has("said").ShouldBeTrue();
}
