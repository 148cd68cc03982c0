using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Operations.Suspensions;
using Portal.Providers;
using Portal.Store;
using Portal.Tests.Hosting;

namespace Portal.Tests.Providers;

/// <summary>Certification where it meets the operator's other rooms: votes, log, agreements, suspensions.</summary>
public sealed class CertificationTests
{
    [Fact]
    public async Task Given_a_certified_provider_When_a_third_operator_searches_the_log_Then_it_tells_who_approved_which_document_of_whom_and_when()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (_, slug) = await stage.ApplyAsync();
        stage.Portal.Clock.Advance(TimeSpan.FromHours(3));
        await stage.ReviewAsync(slug, await stage.OperatorAsync("Aki"), await stage.OperatorAsync("Bo"));
        var votedAt = stage.Portal.Clock.GetUtcNow();
        stage.Portal.Clock.Advance(TimeSpan.FromDays(30));
        var auditor = await stage.OperatorAsync("Chen");

        var handedIn = Assert.Single(Rows(await auditor.OpenAsync($"/operations/audit?company={slug}&action=document.handed-in")));
        var document = handedIn.Split(' ').Single(word => word.StartsWith("document:", StringComparison.Ordinal));
        var fingerprint = Fingerprint.Of(ProviderStage.Pdf()).ToString();
        handedIn.ShouldContain(fingerprint);

        var votes = Rows(await auditor.OpenAsync($"/operations/audit?company={slug}&action=approval.approved"));
        votes.Count.ShouldBe(2);
        foreach (var (vote, name) in votes.Zip(["Bo", "Aki"]))
        {
            vote.ShouldContain(name);
            vote.ShouldContain($"RegistrationCertificate {document} {fingerprint}");
            vote.ShouldContain(votedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            vote.ShouldContain("Acme Modules Ltd.");
        }

        Assert.Single(Rows(await auditor.OpenAsync($"/operations/audit?company={slug}&action=provider.certified"))).ShouldContain(document["document:".Length..]);
    }

    [Fact]
    public async Task Given_an_agreement_that_changes_before_the_application_is_handed_in_When_it_is_handed_in_Then_the_new_one_must_be_accepted_first()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();
        await stage.FillAsync(owner, slug);
        (await owner.OpenAsync($"/o/{slug}/provider/agreement")).Has("agreed").ShouldBeTrue();
        var one = await stage.OperatorAsync("Aki");
        var published = await one.PressAsync(await one.OpenAsync("/operations/agreements"), "publish",
            [("kind", "Provider"), .. new[] { "zh-TW", "ja", "en", "th" }.SelectMany(language => new[] { ($"title-{language}", $"Title in {language}"), ($"body-{language}", $"Second words in {language}") })]);
        published.Has("said-published").ShouldBeTrue(published.Text);

        var refused = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application");

        refused.Has("said-incomplete").ShouldBeTrue();
        refused.AttributeOf("part-agreement", "data-done").ShouldBe("no");
        var part = await owner.OpenAsync($"/o/{slug}/provider/agreement");
        part.TextOf("agreement").ShouldContain("Second words in en");
        (await owner.PressAsync(part, "save-part")).Has("said-accepted").ShouldBeTrue();
        (await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application")).AttributeOf("application-state", "data-state").ShouldBe("Submitted");
        var id = await stage.IdAsync(slug);
        (await stage.Portal.InDatabaseAsync(db => db.Set<ProviderApplication>().SingleAsync(row => row.Id == id))).AgreementVersion.ShouldBe("2");
    }

    [Fact]
    public async Task Given_a_suspended_provider_When_its_renewal_gets_the_second_vote_Then_it_stays_suspended_and_lifting_gives_back_what_it_had()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.ApplyAsync();
        var (one, two) = (await stage.OperatorAsync("Aki"), await stage.OperatorAsync("Bo"));
        await stage.ReviewAsync(slug, one, two);
        var before = await stage.CertifiedUntilAsync(slug);
        await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "begin-round");
        await stage.FillAsync(owner, slug);
        await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application");
        var suspended = await one.PressAsync(await one.OpenAsync("/operations/suspensions?kind=Provider&name=Acme"), "suspend", ("reason", "Its address is not its own."));
        suspended.Has("said-suspended").ShouldBeTrue(suspended.Text);

        var voted = await stage.ReviewAsync(slug, one, two);

        voted.TextOf("said-cannotBe").ShouldContain("The provider is suspended.");
        (await stage.CertifiedUntilAsync(slug)).ShouldBeNull();
        (await stage.Portal.InDatabaseAsync(db => db.Set<Suspension>().SingleAsync())).LiftedAt.ShouldBeNull();
        await one.PressAsync(await one.OpenAsync("/operations/suspensions"), "lift", ("reason", "Cleared."));
        (await stage.CertifiedUntilAsync(slug)).ShouldBe(before);
        (await two.PressAsync(await two.OpenAsync(voted.Address.AbsolutePath), "approve")).Has("said-approved").ShouldBeTrue();
        (await stage.CertifiedUntilAsync(slug)).ShouldBe(before!.Value.AddYears(1));
    }

    [Fact]
    public async Task Given_a_provider_that_is_suspended_while_its_certification_is_saved_When_both_come_at_once_Then_the_later_save_is_refused()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (_, slug) = await stage.ApplyAsync();
        await stage.ReviewAsync(slug, await stage.OperatorAsync("Aki"), await stage.OperatorAsync("Bo"));

        var saved = await stage.Portal.InDatabaseAsync(async approving =>
        {
            var provider = await approving.Providers.SingleAsync();
            await stage.Portal.InDatabaseAsync(async suspending =>
            {
                (await suspending.Providers.SingleAsync()).CertifiedUntil = null;
                return await suspending.SaveChangesAsync();
            });
            provider.CertifiedUntil = provider.CertifiedUntil!.Value.AddYears(1);
            return await approving.TrySaveAsync(default);
        });

        saved.ShouldBeFalse();
        (await stage.CertifiedUntilAsync(slug)).ShouldBeNull();
    }

    /// <summary>The rows of the log on a page, as words.</summary>
    private static IReadOnlyList<string> Rows(Page page) =>
        [.. page.Html.Split("data-testid=\"audit-row\"").Skip(1).Select(row => new Page(page.Address, page.Status, $"<li {row.Split("</li>")[0]}").Text)];
}
