using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Jobs;
using Portal.Listings;
using Portal.Mail;
using Portal.Operations.Agreements;
using Portal.Operations.Suspensions;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Portal.Tests.Listings;
using Tenancy;

namespace Portal.Tests.Operations;

/// <summary>Suspensions, agreements and what got stuck, by the pages that show them.</summary>
public sealed class OperatorRoomsTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;
    private Buyer _operator = null!;

    private PortalHost Portal => _console.Portal;

    public async Task InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        _operator = await Buyer.AsAsync(Portal, await Portal.InDatabaseAsync(async db =>
        {
            var row = new Person { Id = PersonId.New(), DisplayName = "Operator", Email = "operator@example.com", Language = "en", IsOperator = true, CreatedAt = Portal.Clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        }));
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_module_that_is_on_and_first_When_it_is_suspended_and_that_is_lifted_Then_it_has_again_what_it_had_and_the_log_says_who_and_why()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");

        var page = await SuspendAsync("Linkage", linkage.ToString(), "It answers nonsense.");

        page.Has("said-suspended").ShouldBeTrue();
        page.TextOf("suspension").ShouldContain("It answers nonsense.");
        (await StateAsync(linkage)).ShouldBe(LinkageState.Suspended);
        (await _operator.Browser.PressAsync(page, "lift", ("reason", "Mended."))).Has("said-lifted").ShouldBeTrue();
        (await StateAsync(linkage)).ShouldBe(LinkageState.On);
        (await _console.AccountAsync()).DefaultLinkageId.ShouldBe(linkage);
        var rows = await Portal.InDatabaseAsync(db => db.Set<AuditRow>().Where(row => row.Subject == $"linkage:{linkage}" && row.Action.StartsWith("suspension")).OrderBy(row => row.Id).ToListAsync());
        rows.Select(row => (row.Action, row.Role)).ShouldBe([("suspension.made", ActingRole.Operator), ("suspension.lifted", ActingRole.Operator)]);
    }

    [Theory]
    [InlineData("Keyword")]
    [InlineData("Qinglan Hair")]
    public async Task Given_a_name_or_a_part_of_it_When_the_operator_looks_for_what_to_suspend_Then_it_is_picked_from_what_goes_by_it(string name)
    {
        var linkage = await _console.LinkageAsync("keyword-reply");

        var found = await _operator.Browser.OpenAsync($"/operations/suspensions?kind=Linkage&name={Uri.EscapeDataString(name)}");

        found.TextOf("candidate").ShouldContain("Keyword Reply");
        found.TextOf("candidate").ShouldContain("Qinglan Hair");
        (await _operator.Browser.PressAsync(found, "suspend", ("reason", "Why."))).Has("said-suspended").ShouldBeTrue();
        (await StateAsync(linkage)).ShouldBe(LinkageState.Suspended);
        (await _operator.Browser.OpenAsync("/operations/suspensions?kind=Linkage&name=Nobody")).Has("no-candidate").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_module_that_the_operator_suspended_When_its_owner_opens_my_accounts_Then_they_read_why_until_it_is_lifted()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        var page = await SuspendAsync("Linkage", linkage.ToString(), "It answers nonsense.");

        (await _console.OpenAsync()).TextOf("suspended-keyword-reply").ShouldContain("It answers nonsense.");
        (await _console.Owner.Browser.OpenAsync($"/o/qinglan-hair/modules/{linkage}")).TextOf("suspended").ShouldContain("It answers nonsense.");
        await _operator.Browser.PressAsync(page, "lift", ("reason", "Mended."));
        (await _console.OpenAsync()).Has("suspended-keyword-reply").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_module_that_its_owner_removed_meanwhile_When_the_suspension_is_lifted_Then_it_stays_removed()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        var page = await SuspendAsync("Linkage", linkage.ToString(), "Why.");
        await Portal.InDatabaseAsync(async db =>
        {
            (await db.Linkages.SingleAsync(row => row.Id == linkage)).State = LinkageState.Ended;
            return await db.SaveChangesAsync();
        });

        await _operator.Browser.PressAsync(page, "lift", ("reason", "Mended."));

        (await StateAsync(linkage)).ShouldBe(LinkageState.Ended);
    }

    [Fact]
    public async Task Given_a_provider_When_it_is_suspended_Then_its_listing_leaves_the_catalog_that_moment_and_comes_back_with_it()
    {
        var provider = await Portal.InDatabaseAsync(db => db.Set<Listing>().Where(row => row.Slug == "live-desk").Select(row => row.ProviderId).SingleAsync());
        (await _operator.Browser.OpenAsync("/catalog")).Text.ShouldContain("Live Desk");

        var page = await SuspendAsync("Provider", provider.ToString(), "Its address is not its own.");

        (await _operator.Browser.OpenAsync("/catalog")).Text.ShouldNotContain("Live Desk");
        (await _operator.Browser.OpenAsync("/catalog")).Text.ShouldContain("Keyword Reply");
        await _operator.Browser.PressAsync(page, "lift", ("reason", "Cleared."));
        (await _operator.Browser.OpenAsync("/catalog")).Text.ShouldContain("Live Desk");
    }

    [Fact]
    public async Task Given_something_suspended_or_unknown_When_it_is_suspended_Then_nothing_changes_and_a_sentence_says_so()
    {
        var linkage = await _console.LinkageAsync("keyword-reply");
        await SuspendAsync("Linkage", linkage.ToString(), "Once.");

        (await SuspendAsync("Linkage", linkage.ToString(), "Twice.")).Has("said-nothingToStop").ShouldBeTrue();
        (await SuspendAsync("Provider", Guid.NewGuid().ToString(), "Nobody.")).Has("said-nothingToStop").ShouldBeTrue();
        (await SuspendAsync("Linkage", "7", "No id.")).Has("said-incomplete").ShouldBeTrue();
        (await SuspendAsync("Linkage", linkage.ToString(), " ")).Has("said-incomplete").ShouldBeTrue();
        (await Portal.InDatabaseAsync(db => db.Set<Suspension>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_agreement_When_an_owner_accepts_it_Then_who_accepted_which_words_when_is_kept_and_a_new_version_asks_again()
    {
        var page = await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/agreements");
        var accepted = await _console.Owner.Browser.PressAsync(page, "accept-Provider");
        accepted.Has("accepted-Provider").ShouldBeTrue();
        accepted.Has("said-accepted").ShouldBeTrue();

        var seen = await _operator.Browser.OpenAsync("/operations/agreements");
        seen.TextOf("acceptance").ShouldContain("Qinglan Hair · Yu-Chen · en");
        var acceptance = await Portal.InDatabaseAsync(db => db.Set<AgreementAcceptance>().SingleAsync());
        var text = await Portal.InDatabaseAsync(db => db.Set<AgreementText>().SingleAsync(row => row.AgreementId == acceptance.AgreementId && row.Language == "en"));
        acceptance.Fingerprint.ShouldBe(text.Fingerprint.ToString());

        (await PublishAsync(seen)).Has("said-published").ShouldBeTrue();

        var again = await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/agreements");
        again.Has("accepted-Provider").ShouldBeFalse();
        again.Text.ShouldContain("Second words in en");
        (await _console.Owner.Browser.PressAsync(page, "accept-Provider")).Has("said-stale").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_published_agreement_When_anything_would_alter_it_or_an_acceptance_Then_the_save_is_refused()
    {
        await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync("/o/qinglan-hair/agreements"), "accept-Provider");

        await Should.ThrowAsync<ImmutableRowException>(() => Portal.InDatabaseAsync(async db =>
        {
            db.Entry(await db.Set<AgreementText>().FirstAsync()).Property(row => row.Body).CurrentValue = "Other words.";
            return await db.SaveChangesAsync();
        }));
        await Should.ThrowAsync<ImmutableRowException>(() => Portal.InDatabaseAsync(async db =>
        {
            db.Remove(await db.Set<AgreementAcceptance>().SingleAsync());
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Given_an_agreement_that_lacks_a_language_When_it_is_published_Then_it_is_refused()
    {
        var seen = await _operator.Browser.OpenAsync("/operations/agreements");

        (await PublishAsync(seen, without: "th")).Has("said-incomplete").ShouldBeTrue();

        (await Portal.InDatabaseAsync(db => db.Set<Agreement>().CountAsync(row => row.Number > 1))).ShouldBe(0);
    }

    [Fact]
    public async Task Given_nothing_stuck_When_the_operator_looks_Then_the_page_says_so() =>
        (await _operator.Browser.OpenAsync("/operations/stuck")).Has("stuck-empty").ShouldBeTrue();

    [Fact]
    public async Task Given_one_of_each_that_got_stuck_When_the_operator_looks_Then_each_stands_there_with_what_to_do()
    {
        await (await Buyer.NewAsync(Portal)).GoToLineAsync("live-desk");
        await Portal.ConnectAsync(ShopWindow.NewBot(), "孤兒");
        await _console.DisconnectAsync();
        Portal.Gateway.Unroutable.Enqueue(new { id = "1", receivedAt = "2026-03-01T01:02:03Z", channelId = "1000000001", botId = "U00000000000000000000000000000b0b", type = "message", reason = "notConnected" });
        await Portal.InDatabaseAsync(async db =>
        {
            var now = Portal.Clock.GetUtcNow();
            db.Add(new OutgoingMail { Id = Guid.CreateVersion7(), To = "gone@example.com", Language = "en", Kind = "test", Subject = "Hello", Text = "", Html = "", CreatedAt = now, DueAt = null, GivenUpAt = now, LastFailure = "No such mailbox." });
            db.Add(new JobRun { Name = "made-up", DueAt = now.AddDays(30), EndedAt = now, Failure = "It broke." });
            return await db.SaveChangesAsync();
        });
        using var seller = await Seller.NewAsync(Portal);
        foreach (var standing in new[] { ListingStanding.Live, ListingStanding.Hidden })
        {
            var listing = (await seller.DraftAsync()).Id;
            await Portal.InDatabaseAsync(async db =>
            {
                var own = await db.Set<OwnListing>().SingleAsync(row => row.Id == listing);
                (own.Standing, own.FailingSince) = (standing, Portal.Clock.GetUtcNow());
                return await db.SaveChangesAsync();
            });
        }

        Portal.Clock.Advance(TimeSpan.FromMinutes(61));

        var page = await _operator.Browser.OpenAsync("/operations/stuck");

        foreach (var kind in new[] { "Order", "Event", "Unclaimed", "Disconnected", "Mail", "Job", "Webhook", "WebhookHidden" })
            page.Html.ShouldContain($"data-kind=\"{kind}\"");
        page.Text.ShouldContain("Ask the buyer whether they need help.");
        page.Text.ShouldContain("No such mailbox.");
        page.Text.ShouldContain("It broke.");
        page.Text.ShouldContain("Table Talk · 青嵐工坊");
        page.Text.ShouldContain("Tell the provider.");
        page.Text.ShouldContain("It comes back by itself the night its webhook passes");
        Portal.Gateway.Failing = 503;
        (await _operator.Browser.OpenAsync("/operations/stuck")).Has("gateway-away").ShouldBeTrue();
    }

    private async Task<Page> SuspendAsync(string kind, string subject, string reason)
    {
        var page = await _operator.Browser.OpenAsync($"/operations/suspensions?kind={kind}&name={subject}");
        return page.Has("suspend")
            ? await _operator.Browser.PressAsync(page, "suspend", ("reason", reason))
            : await _operator.Browser.PostAsync("/operations/suspensions", page, ("kind", kind), ("subject", subject), ("reason", reason)); // As an old page would.
    }

    private Task<Page> PublishAsync(Page form, string? without = null) => _operator.Browser.PressAsync(form, "publish",
    [
        ("kind", "Provider"),
        .. new[] { "zh-TW", "ja", "en", "th" }.Where(language => language != without).SelectMany(language => new[] { ($"title-{language}", $"Title in {language}"), ($"body-{language}", $"Second words in {language}") }),
    ]);

    private Task<LinkageState> StateAsync(LinkageId id) => Portal.InDatabaseAsync(db => db.Linkages.Where(row => row.Id == id).Select(row => row.State).SingleAsync());
}
