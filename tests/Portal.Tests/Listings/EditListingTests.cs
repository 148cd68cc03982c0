using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Listings;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Listings;

/// <summary>The editor: what is saved, what is refused, and who may.</summary>
public sealed class EditListingTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_tab_that_was_overtaken_When_it_saves_Then_nothing_is_lost_and_the_second_press_puts_its_section_over_the_other()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var stale = await seller.EditorAsync(own.Id, EditorSection.Texts, "en");
        await seller.Browser.PressAsync(await seller.EditorAsync(own.Id, EditorSection.Texts, "en"), "save", ("texts.en.tagline", "By the other tab"));

        var told = await seller.Browser.PressAsync(stale, "save", ("texts.en.tagline", "By the first tab"));
        told.Has("changed-meanwhile").ShouldBeTrue();
        told.Html.ShouldContain("By the first tab");
        (await seller.OwnAsync(own.Id)).Draft.In("en").Tagline.ShouldBe("By the other tab");

        (await seller.Browser.PressAsync(told, "save")).Has("said-saved").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).Draft.In("en").Tagline.ShouldBe("By the first tab");
    }

    [Fact]
    public async Task Given_a_save_When_it_is_taken_back_Then_the_draft_is_as_before()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var saved = await seller.Browser.PressAsync(await seller.EditorAsync(own.Id, EditorSection.Texts, "en"), "save", ("texts.en.name", "Another name"));
        (await seller.Browser.PressAsync(saved, "undo")).Has("said-undone").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).Draft.In("en").Name.ShouldBe("Table Talk");
    }

    [Fact]
    public async Task Given_a_submission_from_a_tab_that_was_overtaken_When_it_is_pressed_Then_nothing_that_was_not_seen_is_submitted()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var stale = await seller.EditorAsync(own.Id);
        await seller.ChangeAsync(own.Id, draft => draft with { SetUpUrl = "https://evil.example/" });
        (await seller.Browser.PressAsync(stale, "submit")).Has("said-changed-meanwhile").ShouldBeTrue();
        (await seller.OwnAsync(own.Id)).LastVersion.ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_submission_and_a_save_at_once_When_both_are_in_Then_one_version_says_what_its_edition_said()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var (submit, texts) = (await seller.EditorAsync(own.Id), await seller.EditorAsync(own.Id, EditorSection.Texts, "en"));
        await Task.WhenAll(
            seller.Browser.PressAsync(submit, "submit"), seller.Browser.PressAsync(submit, "submit"), seller.Browser.PressAsync(texts, "save", ("texts.en.tagline", "Raced")));

        var versions = await _portal.InDatabaseAsync(db => db.Set<ListingVersion>().AsNoTracking().Where(row => row.ListingId == own.Id).ToListAsync());
        versions.Count.ShouldBeLessThanOrEqualTo(1);
        versions.ShouldAllBe(version => version.Document.In("en").Tagline == "No booking gets lost" && version.Fingerprint == VersionFingerprint.Of(version.Document));
    }

    [Theory]
    [InlineData(EditorSection.Texts, "texts.en.name", "A name that is longer than the forty characters that a card has")]
    [InlineData(EditorSection.Plans, "plans.standard.prices.TWD", "12.50")]
    [InlineData(EditorSection.Plans, "plans.standard.prices.TWD", "-1")]
    [InlineData(EditorSection.Plans, "plans.standard.trialDays", "400")]
    [InlineData(EditorSection.Addresses, "webhookUrl", "http://module.example/webhook")]
    [InlineData(EditorSection.Addresses, "webhookUrl", "https://user:pass@module.example/")]
    [InlineData(EditorSection.Addresses, "privacyUrl", "javascript:alert(1)")]
    [InlineData(EditorSection.Addresses, "supportEmail", "nobody")]
    public async Task Given_something_that_cannot_stand_When_it_is_saved_Then_its_field_says_so_and_the_draft_stays(EditorSection section, string field, string value)
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var told = await seller.Browser.PressAsync(await seller.EditorAsync(own.Id, section, "en"), "save", (field, value));
        told.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        told.AttributeOf(field, "aria-invalid").ShouldBe("true");
        told.Html.ShouldContain(WebUtility.HtmlEncode(value));
        VersionFingerprint.Of((await seller.OwnAsync(own.Id)).Draft).ShouldBe(VersionFingerprint.Of(own.Draft));
    }

    [Fact]
    public async Task Given_hostile_markup_in_every_text_When_it_is_live_Then_it_stands_there_as_it_was_typed_and_does_nothing()
    {
        const string Hostile = "<img src=x onerror=alert(1)>[x](javascript:alert(1))<script>1</script>";
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync(draft => draft with
        {
            Texts = draft.Texts.ToDictionary(text => text.Key, text => text.Value with { About = Hostile, Benefits = [new("<b>x</b>", Hostile)], Conversation = [new("customer", Hostile), new("module", Hostile)], News = Hostile }),
        });
        foreach (var page in new[] { await seller.Browser.OpenAsync($"/m/{own.Slug}"), await seller.EditorAsync(own.Id, EditorSection.Texts, "en") })
        {
            page.Html.ShouldNotContain("<img src=x");
            page.Html.ShouldNotContain("<script>1");
            page.Html.ShouldNotContain("href=\"javascript:");
            page.Text.ShouldContain("onerror=alert(1)");
        }
    }

    [Fact]
    public async Task Given_fields_that_the_section_does_not_have_When_they_are_sent_along_Then_they_change_nothing()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var page = await seller.EditorAsync(own.Id, EditorSection.Texts, "en");
        await seller.Browser.PressAsync(
            page, "save", ("texts.en.tagline", "Changed"), ("texts.zh-TW.name", "別的"), ("webhookUrl", "https://evil.example/"), ("Standing", "Live"), ("TenantId", Guid.NewGuid().ToString()),
            ("plans.standard.prices.TWD", "0"), ("markets", "JP"), ("LiveVersionId", Guid.NewGuid().ToString()), ("Slug", "stolen"));

        var after = await seller.OwnAsync(own.Id);
        DocumentPaths.Between(own.Draft, after.Draft).Select(change => change.Path).ShouldBe(["texts.en.tagline"]);
        (after.Slug, after.Standing, after.TenantId, after.LiveVersionId).ShouldBe((own.Slug, ListingStanding.Draft, seller.Tenant, null));
    }

    [Fact]
    public async Task Given_another_companys_listing_When_its_id_is_put_into_ones_own_addresses_Then_it_does_not_exist()
    {
        using var seller = await Seller.NewAsync(_portal);
        using var stranger = await Seller.NewAsync(_portal);
        var (own, theirs) = (await seller.DraftAsync(), await stranger.DraftAsync());
        var token = await stranger.EditorAsync(theirs.Id);

        (await stranger.EditorAsync(own.Id)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in new[] { "undo", "picture/remove", "submit", "unlist", "relist", "retire" })
        {
            var told = await stranger.Browser.PostAsync($"/o/{stranger.Slug}/listings/{own.Id}/{action}", token, ("edition", "1"), ("path", "pictures.Icon.all.0"), ("day", "2030-01-01"));
            (told.Status == HttpStatusCode.NotFound || told.Has("said-incomplete")).ShouldBeTrue($"{action}: {told.Status}");
        }

        await stranger.Browser.PostAsync($"/o/{seller.Slug}/listings/{own.Id}/submit", token, ("edition", own.Edition.ToString(CultureInfo.InvariantCulture)));
        var after = await seller.OwnAsync(own.Id);
        (after.Edition, after.LastVersion, after.Draft.Pictures.Count).ShouldBe((own.Edition, 0, 3));
    }

    [Fact]
    public async Task Given_a_picture_of_a_draft_When_somebody_asks_for_it_Then_only_its_makers_and_reviewers_get_it_and_it_can_do_nothing()
    {
        using var seller = await Seller.NewAsync(_portal);
        using var stranger = await Seller.NewAsync(_portal);
        using var reviewer = await Seller.OperatorAsync(_portal);
        using var nobody = _portal.NewBrowser();
        var own = await seller.DraftAsync(draft => draft);
        var file = Seller.Png(200, 200, 77);
        (await seller.Browser.UploadAsync($"/o/{seller.Slug}/listings/{own.Id}/picture", await seller.EditorAsync(own.Id, EditorSection.Pictures), file, "icon.png", ("edition", own.Edition.ToString(CultureInfo.InvariantCulture)), ("kind", "Icon")))
            .Has("said-saved").ShouldBeTrue();
        var address = GetPicture.Url((await seller.OwnAsync(own.Id)).Draft.Pictures[0].Fingerprint);

        var seen = await seller.Browser.OpenAsync(address);
        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Policy.ShouldContain("sandbox");
        (await reviewer.OpenAsync(address)).Status.ShouldBe(HttpStatusCode.OK);
        (await stranger.Browser.OpenAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await nobody.OpenAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Developer, true)]
    [InlineData(Role.Admin, false)]
    public async Task Given_a_member_When_the_channel_secret_is_asked_for_Then_only_who_builds_modules_reads_it(Role role, bool may)
    {
        using var seller = await Seller.NewAsync(_portal, role);
        var own = await seller.DraftAsync();
        var page = await seller.Browser.OpenAsync(ListingPaths.Editor(seller.Slug, own.Id) + "?show=secret");
        var secret = _portal.Secrets.Unprotect((await _portal.InDatabaseAsync(db => db.Modules.SingleAsync(row => row.Id == own.ModuleId))).ProtectedSecret);
        page.Html.Contains(secret, StringComparison.Ordinal).ShouldBe(may);
    }

    public static TheoryData<string> HostileFiles() => [.. PictureFileTests.Hostile().Select(row => (string)row[0])];

    [Theory, MemberData(nameof(HostileFiles))]
    public async Task Given_a_hostile_file_When_it_is_uploaded_Then_one_sentence_says_why_not_and_nothing_is_stored(string what)
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.DraftAsync();
        var page = await seller.Browser.UploadAsync(
            $"/o/{seller.Slug}/listings/{own.Id}/picture", await seller.EditorAsync(own.Id, EditorSection.Pictures), PictureFileTests.File(what), "icon.png", ("edition", own.Edition.ToString(CultureInfo.InvariantCulture)), ("kind", "Icon"));
        page.Html.ShouldContain("data-testid=\"said-picture-", Case.Sensitive, $"{page.Status} {page.Text}");
        (await _portal.InDatabaseAsync(db => db.Set<ListingImage>().CountAsync(row => row.ListingId == own.Id))).ShouldBe(3);
    }

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Developer, true)]
    [InlineData(Role.Billing, false)]
    [InlineData(Role.Viewer, false)]
    public async Task Given_a_member_When_opening_the_listings_Then_the_table_of_rights_decides(Role role, bool may)
    {
        using var seller = await Seller.NewAsync(_portal, role);
        (await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug))).Status.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }
}
