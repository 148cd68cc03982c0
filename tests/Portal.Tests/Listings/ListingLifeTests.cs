using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Listings;
using Portal.Mail;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Listings;

/// <summary>Out of the shop window, back in, and for good.</summary>
public sealed class ListingLifeTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_listing_with_a_buyer_When_it_is_unlisted_Then_nobody_new_finds_it_and_the_buyer_keeps_it_until_it_is_listed_again()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync(Seller.Free);
        await (await Buyer.NewAsync(_portal)).BuyAndTurnOnAsync(own.Slug, ShopWindow.NewBot(), company: "青嵐髮廊");
        var list = await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug));
        list.Text.ShouldContain("The 1 accounts that have it keep it");

        (await seller.Browser.PressAsync(list, $"unlist-do-{own.Slug}")).Has("said-unlisted").ShouldBeTrue();
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await LinkageAsync(own)).State.ShouldBe(LinkageState.On);

        await seller.Browser.PressAsync(await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug)), $"relist-do-{own.Slug}");
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_listing_that_the_operator_suspended_When_its_provider_lists_it_again_or_submits_Then_it_stays_out_until_the_operator_lets_it_in()
    {
        using var seller = await Seller.NewAsync(_portal);
        using var operators = await Seller.OperatorAsync(_portal);
        var own = await seller.PublishedAsync();
        await operators.PressAsync(await operators.OpenAsync("/operations/listings"), $"suspend-do-{own.Slug}", ("reason", "It spams."));
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var list = await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug));
        list.Text.ShouldContain("It spams.");

        (await seller.Browser.PostAsync($"/o/{seller.Slug}/listings/{own.Id}/relist", list)).Has("said-changed-meanwhile").ShouldBeTrue();
        await seller.ChangeAsync(own.Id, draft => draft with { SetUpUrl = draft.SetUpUrl + "/2" });
        (await seller.SubmitAsync(own.Id)).Has("said-live").ShouldBeTrue("The new version counts, but shows nothing.");
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await operators.PressAsync(await operators.OpenAsync("/operations/listings"), $"let-in-{own.Slug}");
        (await seller.Browser.OpenAsync($"/m/{own.Slug}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_product_that_is_to_end_When_its_day_comes_Then_buyers_were_told_before_and_have_it_no_more()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync(Seller.Free);
        await (await Buyer.NewAsync(_portal)).BuyAndTurnOnAsync(own.Slug, ShopWindow.NewBot(), company: "青嵐髮廊");
        var list = await seller.Browser.OpenAsync(ListingPaths.All(seller.Slug));
        (await seller.Browser.PressAsync(list, $"retire-do-{own.Slug}", ("day", Day(3)))).Has("said-retire-too-soon").ShouldBeTrue();
        (await seller.Browser.PressAsync(list, $"retire-do-{own.Slug}", ("day", Day(40)))).Has("said-retiring").ShouldBeTrue();

        await LaterAsync(TimeSpan.FromHours(1));
        (await MailsAsync("ListingRetires")).ShouldHaveSingleItem().Subject.ShouldBe($"Table Talk ends on {Day(40)}");
        await LaterAsync(TimeSpan.FromHours(1));
        (await MailsAsync("ListingRetires")).Count.ShouldBe(1);
        (await LinkageAsync(own)).State.ShouldBe(LinkageState.On);

        await LaterAsync(TimeSpan.FromDays(41));
        (await LinkageAsync(own)).State.ShouldBe(LinkageState.Ended);
        (await seller.OwnAsync(own.Id)).Standing.ShouldBe(ListingStanding.Retired);
    }

    [Fact]
    public async Task Given_a_webhook_that_fails_for_three_days_When_the_third_night_is_over_Then_the_listing_is_hidden_with_notice_and_comes_back_when_it_works()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();
        _portal.Gateway.ProbeAnswers = (500, 500);
        for (var night = 0; night < 3; night++)
        {
            await LaterAsync(TimeSpan.FromDays(1));
            (await seller.OwnAsync(own.Id)).Standing.ShouldBe(ListingStanding.Live);
        }

        await LaterAsync(TimeSpan.FromDays(1));
        (await seller.OwnAsync(own.Id)).Standing.ShouldBe(ListingStanding.Hidden);
        (await MailsAsync("ListingHidden")).Count.ShouldBe(1);

        _portal.Gateway.ProbeAnswers = (200, 401);
        await LaterAsync(TimeSpan.FromDays(1));
        (await seller.OwnAsync(own.Id)).Standing.ShouldBe(ListingStanding.Live);
    }

    [Fact]
    public async Task Given_a_hidden_listing_whose_certificate_lapsed_When_its_webhook_works_again_Then_it_stays_out_and_the_others_nights_go_on()
    {
        using var lapsed = await Seller.NewAsync(_portal);
        using var other = await Seller.NewAsync(_portal);
        var (theirs, own) = (await lapsed.PublishedAsync(), await other.PublishedAsync());
        await _portal.InDatabaseAsync(async db =>
        {
            foreach (var listing in await db.Set<OwnListing>().ToListAsync())
                listing.Standing = ListingStanding.Hidden;
            foreach (var listing in await db.Listings.ToListAsync())
                listing.PublishedAt = null;
            (await db.Providers.SingleAsync(row => row.TenantId == lapsed.Tenant)).CertifiedUntil = null;
            return await db.SaveChangesAsync();
        });

        await LaterAsync(TimeSpan.FromDays(1));

        (await lapsed.OwnAsync(theirs.Id)).Standing.ShouldBe(ListingStanding.Hidden);
        (await other.OwnAsync(own.Id)).Standing.ShouldBe(ListingStanding.Live);
    }

    [Fact]
    public async Task Given_a_gateway_that_is_away_When_the_night_comes_Then_no_webhook_is_blamed()
    {
        using var seller = await Seller.NewAsync(_portal);
        var own = await seller.PublishedAsync();
        _portal.Gateway.Failing = 503;
        await LaterAsync(TimeSpan.FromDays(1));
        (await seller.OwnAsync(own.Id)).FailingSince.ShouldBeNull();
    }

    private string Day(int ahead) => DateOnly.FromDateTime(_portal.Clock.GetUtcNow().UtcDateTime).AddDays(ahead).ToString("O", CultureInfo.InvariantCulture);

    private Task<Linkage> LinkageAsync(OwnListing own) => _portal.InDatabaseAsync(db => db.Linkages.AsNoTracking().SingleAsync(row => row.ModuleId == own.ModuleId));

    private Task<List<OutgoingMail>> MailsAsync(string kind) => _portal.InDatabaseAsync(db => db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.Kind == kind).ToListAsync());

    /// <summary>Time passes, and whatever is due then is done.</summary>
    private async Task LaterAsync(TimeSpan by)
    {
        _portal.Clock.Advance(by);
        await _portal.RunDueJobsAsync();
    }
}
