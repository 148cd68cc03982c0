using System.Net;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Listings;
using Portal.Providers;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Listings;

/// <summary>From a draft to the shop window, over the pages.</summary>
public sealed class PublishListingTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory, On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_another_database_When_a_listing_is_published_changed_and_published_again_Then_buyers_read_the_change(Database kind)
    {
        await using var portal = await PortalHost.StartAsync(kind);
        using var seller = await Seller.NewAsync(portal);
        var own = await seller.PublishedAsync();
        await seller.ChangeAsync(own.Id, draft => draft with { Plans = [draft.Plans[0] with { Prices = new Dictionary<string, string> { ["TWD"] = "950" } }] });
        (await seller.SubmitAsync(own.Id)).Has("said-live").ShouldBeTrue();
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Text.ShouldContain("NT$950");
    }

    [Fact]
    public async Task Given_a_complete_draft_When_it_is_submitted_and_approved_Then_buyers_find_it_and_the_gateway_follows_it()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();

        own.Standing.ShouldBe(ListingStanding.Live);
        var page = await seller.Browser.OpenAsync($"/m/{own.Slug}");
        page.Text.ShouldContain("Table Talk");
        page.Text.ShouldContain("NT$800");
        (await seller.Browser.OpenAsync($"/catalog?q={Uri.EscapeDataString("桌邊談")}")).Html.ShouldContain($"/m/{own.Slug}");
        var module = await _portal.InDatabaseAsync(db => db.Modules.AsNoTracking().SingleAsync(row => row.Id == own.ModuleId));
        (module.WebhookUrl, module.IsDevelopment).ShouldBe(("https://module.qinglan.example/webhook", false));
        module.RequiredScopes.ShouldBe([Scopes.MessageSend]);
        _portal.Gateway.Probed.ShouldContain((own.ModuleId.Value, "https://module.qinglan.example/webhook"));
        var said = await _portal.InDatabaseAsync(db => db.Set<AuditRow>().Where(row => row.Subject == $"listing:{own.Id}").OrderBy(row => row.At).Select(row => row.Action).ToListAsync());
        said.ShouldBe(["listing.begun", "listing.submitted", "listing.version-live"]);
    }

    [Fact]
    public async Task Given_a_listing_that_is_live_When_a_text_is_changed_Then_buyers_read_the_old_one_until_the_change_is_approved_with_its_difference_in_view()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();
        var texts = await seller.EditorAsync(own.Id, EditorSection.Texts, "en");
        (await seller.Browser.PressAsync(texts, "save", ("texts.en.tagline", "Every booking kept"))).Has("said-saved").ShouldBeTrue();
        (await seller.SubmitAsync(own.Id)).Has("said-in-review").ShouldBeTrue();
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Text.ShouldContain("No booking gets lost");

        using var reviewer = await Seller.OperatorAsync(_portal);
        var queue = await reviewer.OpenAsync("/operations/listings");
        var version = await seller.LatestAsync(own.Id);
        var review = await reviewer.PressAsync(queue, $"review-{version.Id}");
        review.TextOf("diff-texts.en.tagline").ShouldContain("No booking gets lost Every booking kept");
        review.Has("diff-texts.en.name").ShouldBeFalse("Only what differs is shown.");
        await reviewer.PressAsync(review, "approve", ("decision", "Approve"));

        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Text.ShouldContain("Every booking kept");
        var states = await _portal.InDatabaseAsync(db => db.Set<ListingVersion>().Where(row => row.ListingId == own.Id).OrderBy(row => row.Number).Select(row => row.State).ToListAsync());
        states.ShouldBe([VersionState.Replaced, VersionState.Live]);
    }

    [Fact]
    public async Task Given_a_listing_that_is_live_When_only_a_price_changes_Then_it_is_live_at_once_as_a_new_row_and_subscribers_keep_theirs()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();
        var plans = await seller.EditorAsync(own.Id, EditorSection.Plans, "en");
        await seller.Browser.PressAsync(plans, "save", ("plans.standard.prices.TWD", "900"));
        (await seller.SubmitAsync(own.Id)).Has("said-live").ShouldBeTrue();

        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Text.ShouldContain("NT$900");
        var prices = await _portal.InDatabaseAsync(db => db.Plans.Where(plan => plan.ModuleId == own.ModuleId).SelectMany(plan => plan.Prices).AsNoTracking().ToListAsync());
        prices.OrderBy(price => price.Amount.MinorUnits).Select(price => (price.Amount.MinorUnits, price.RetiredAt is null)).ShouldBe([(80000, false), (90000, true)]);
    }

    [Fact]
    public async Task Given_a_version_in_review_When_the_draft_changes_Then_what_is_approved_is_what_was_submitted()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        var version = await seller.LatestAsync(own.Id);
        using var reviewer = await Seller.OperatorAsync(_portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review(version.Id));
        await seller.ChangeAsync(own.Id, draft => draft with { Texts = new Dictionary<string, ListingDocument.Words>(draft.Texts) { ["en"] = draft.In("en") with { Name = "Casino Royal" } }, WebhookUrl = "https://evil.example/" });

        await reviewer.PressAsync(review, "approve", ("decision", "Approve"));
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Text.ShouldNotContain("Casino");
        (await _portal.InDatabaseAsync(db => db.Modules.AsNoTracking().SingleAsync(row => row.Id == own.ModuleId))).WebhookUrl.ShouldBe("https://module.qinglan.example/webhook");
    }

    [Fact]
    public async Task Given_a_version_in_review_When_another_fingerprint_is_approved_Then_nothing_goes_live()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        using var reviewer = await Seller.OperatorAsync(_portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        (await reviewer.PressAsync(review, "approve", ("decision", "Approve"), ("fingerprint", new string('0', 64)))).Has("said-review-OtherContent").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).LiveVersionId.ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_reviewer_who_asks_for_a_change_When_the_provider_looks_Then_the_remark_stands_at_its_field_and_the_next_version_can_be_submitted()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        using var reviewer = await Seller.OperatorAsync(_portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        (await reviewer.PressAsync(review, "return", ("decision", "Return"))).Has("said-review-NoReason").ShouldBeTrue("Nothing was said that the provider could act on.");
        await reviewer.PressAsync(review, "return", ("decision", "Return"), ("remark.texts.en.tagline", "Which bookings?"));

        (await seller.EditorAsync(own.Id, EditorSection.Texts, "en")).TextOf("remark-texts.en.tagline").ShouldContain("Which bookings?");
        (await seller.SubmitAsync(own.Id)).Has("said-in-review").ShouldBeTrue();
        (await seller.LatestAsync(own.Id)).Number.ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_company_that_has_not_applied_When_it_submits_a_listing_Then_it_is_not_and_a_sentence_leads_to_the_application()
    {
        using var seller = await Seller.NewAsync(_portal, isCertified: false);
        var own = await seller.DraftAsync();

        var refused = await seller.SubmitAsync(own.Id);

        refused.Has("said-not-a-provider").ShouldBeTrue(refused.Text);
        (await _portal.InDatabaseAsync(db => db.Set<ListingVersion>().AnyAsync(row => row.ListingId == own.Id))).ShouldBeFalse();
        (await seller.Browser.PressAsync(refused, "to-provider")).Has("begin-round").ShouldBeTrue();
        var all = await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug));
        all.TextOf("not-certified").ShouldContain("handed in");

        // A draft of an application is not under way yet; one that is handed in is.
        await seller.Browser.PressAsync(await seller.Browser.PressAsync(all, "to-provider"), "begin-round");
        (await seller.SubmitAsync(own.Id)).Has("said-not-a-provider").ShouldBeTrue();
        await _portal.InDatabaseAsync(async db =>
        {
            (await db.Set<ProviderApplication>().SingleAsync(row => row.TenantId == seller.Tenant)).Submit(seller.Person, _portal.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        (await seller.SubmitAsync(own.Id)).Has("said-in-review").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_provider_without_certification_When_a_version_is_approved_or_would_go_live_at_once_Then_nothing_is_published()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        await _portal.InDatabaseAsync(async db =>
        {
            (await db.Providers.SingleAsync(row => row.TenantId == seller.Tenant)).CertifiedUntil = null;
            return await db.SaveChangesAsync();
        });
        using var reviewer = await Seller.OperatorAsync(_portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        (await reviewer.PressAsync(review, "approve", ("decision", "Approve"))).Has("said-review-NotCertified").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).LiveVersionId.ShouldBeNull();
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seller.LatestAsync(own.Id)).State.ShouldBe(VersionState.InReview, "It can be approved when the certificate is there.");
    }

    [Theory]
    [InlineData(0, 0, "webhook-silent")]
    [InlineData(401, 401, "webhook-refuses")]
    [InlineData(200, 200, "webhook-takes-all")]
    public async Task Given_a_webhook_that_fails_the_check_When_the_listing_is_submitted_Then_it_is_not_and_the_sentence_says_why(int genuine, int forged, string said)
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        _portal.Gateway.ProbeAnswers = (genuine, forged);
        (await seller.SubmitAsync(own.Id)).Has($"said-{said}").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).LastVersion.ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_reviewer_who_belongs_to_the_provider_When_approving_Then_somebody_else_has_to()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        await _portal.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(row => row.Id == seller.Person)).IsOperator = true;
            return await db.SaveChangesAsync();
        });
        var review = await seller.Browser.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        (await seller.Browser.PressAsync(review, "approve", ("decision", "Approve"))).Has("said-review-OwnWork").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_reviewer_who_submitted_it_and_left_the_provider_since_When_approving_Then_somebody_else_has_to()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        await seller.SubmitAsync(own.Id);
        await _portal.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(row => row.Id == seller.Person)).IsOperator = true;
            db.Remove(await db.Memberships.SingleAsync(row => row.PersonId == seller.Person));
            return await db.SaveChangesAsync();
        });
        var review = await seller.Browser.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        (await seller.Browser.PressAsync(review, "approve", ("decision", "Approve"))).Has("said-review-OwnWork").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_plan_that_was_published_When_its_trial_is_changed_Then_it_is_not_submitted_and_the_old_one_holds()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();
        await seller.ChangeAsync(own.Id, draft => draft with { Plans = [draft.Plans[0] with { TrialDays = "1" }] });
        (await seller.SubmitAsync(own.Id)).Has("said-plan-changed").ShouldBeTrue();
        (await _portal.InDatabaseAsync(db => db.Plans.SingleAsync(plan => plan.ModuleId == own.ModuleId))).TrialDays.ShouldBe(14);
    }

    [Fact]
    public async Task Given_a_new_permission_When_its_version_is_live_Then_who_has_the_module_already_grants_nothing_by_that()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync(Seller.Free);
        var buyer = await Buyer.NewAsync(_portal);
        await buyer.BuyAndTurnOnAsync(own.Slug, ShopWindow.NewBot(), company: "青嵐髮廊");
        await seller.ChangeAsync(own.Id, draft => draft with
        {
            Scopes = [.. draft.Scopes, new(Scopes.ProfileRead, false)],
            Texts = draft.Texts.ToDictionary(text => text.Key, text => text.Value with { Reasons = new Dictionary<string, string>(text.Value.Reasons) { [Scopes.ProfileRead] = "To greet by name." } }),
        });
        await seller.SubmitAsync(own.Id);
        using var reviewer = await Seller.OperatorAsync(_portal);
        var review = await reviewer.OpenAsync(ListingPaths.Review((await seller.LatestAsync(own.Id)).Id));
        await reviewer.PressAsync(review, "approve", ("decision", "Approve"));

        (await _portal.InDatabaseAsync(db => db.Modules.SingleAsync(row => row.Id == own.ModuleId))).RequiredScopes.ShouldContain(Scopes.ProfileRead);
        (await _portal.InDatabaseAsync(db => db.Linkages.SingleAsync(row => row.ModuleId == own.ModuleId))).Scopes.ShouldNotContain(Scopes.ProfileRead);
    }
}
