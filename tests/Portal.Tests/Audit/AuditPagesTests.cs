using System.Net;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Audit;

/// <summary>Who may read the log, and what they find in it.</summary>
public sealed class AuditPagesTests : IAsyncLifetime
{
    private const string Own = "/o/qinglan-hair/audit";
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_an_owner_When_they_open_their_companys_log_Then_the_newest_change_stands_first_with_who_did_it()
    {
        await _console.PressAsync("pause-confirm-keyword-reply");

        var page = await _console.Owner.Browser.OpenAsync(Own);

        page.TextOf("audit-row").ShouldContain("Module paused · Yu-Chen");
        page.Text.ShouldContain("Order confirmed");
    }

    [Theory, InlineData(Role.Admin), InlineData(Role.Billing), InlineData(Role.Developer), InlineData(Role.Viewer)]
    public async Task Given_any_other_role_When_they_open_the_log_Then_it_is_forbidden(Role role) =>
        (await (await _console.MemberAsync(role)).Browser.OpenAsync(Own)).Status.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Given_the_log_of_several_companies_When_the_operator_searches_Then_person_company_subject_action_and_day_each_narrow_it()
    {
        var other = await Buyer.NewAsync(_console.Portal, "Somebody Else");
        await other.BuyAndTurnOnAsync("live-desk", ShopWindow.NewBot(), "Other Shop");
        var person = await _console.Portal.InDatabaseAsync(async db =>
        {
            var row = new Person { Id = PersonId.New(), DisplayName = "Operator", Email = "operator@example.com", Language = "en", IsOperator = true, CreatedAt = _console.Portal.Clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        var operations = await Buyer.AsAsync(_console.Portal, person);
        async Task<int> FoundAsync(string query) => (await operations.Browser.OpenAsync($"/operations/audit?{query}")).Html.Split("data-testid=\"audit-row\"").Length - 1;
        var linkage = await _console.LinkageAsync("keyword-reply");
        var day = _console.Portal.Clock.GetUtcNow();

        (await FoundAsync("")).ShouldBe(12);
        (await FoundAsync("person=Somebody")).ShouldBe(5);
        (await FoundAsync("company=other-shop")).ShouldBe(3);
        (await FoundAsync($"subject=linkage:{linkage}")).ShouldBe(1);
        (await FoundAsync("action=order.confirmed")).ShouldBe(2);
        (await FoundAsync("action=order.confirmed&company=qinglan-hair")).ShouldBe(1);
        (await FoundAsync($"from={day.AddDays(1):yyyy-MM-dd}")).ShouldBe(0);
        (await FoundAsync($"to={day:yyyy-MM-dd}")).ShouldBe(12);
        (await FoundAsync($"person={new string('x', 300)}")).ShouldBe(0);
    }
}
