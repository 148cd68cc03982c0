using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

public sealed class ResumeTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private ModuleId _module;
    private Buyer _buyer = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _module = await _portal.ListAsync("keyword-reply");
        _buyer = await Buyer.NewAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_buyer_at_LINE_When_the_portal_restarts_Then_the_order_goes_on_where_it_was()
    {
        var bot = ShopWindow.NewBot();
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var address = _buyer.ReturnAddress(trip);
        await _portal.ConnectAsync(bot);
        _portal.Gateway.Attach(trip, bot, "青嵐髮廊", "@qinglan", [.. Scopes.Base]);
        var before = await _buyer.OrderAsync(_module);

        await _portal.RestartAsync();
        var again = await Buyer.AsAsync(_portal, before.BuyerId);
        var review = await again.Browser.OpenAsync(address);
        var module = await again.ConfirmAsync(review, "Qinglan Hair");

        module.Path.ShouldStartWith("/o/qinglan-hair/modules/");
        (await _buyer.OrderAsync(_module)).Id.ShouldBe(before.Id);
    }

    [Fact]
    public async Task Given_somebody_without_the_session_When_they_open_the_signed_link_Then_they_see_the_state_and_change_nothing()
    {
        var bot = ShopWindow.NewBot();
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        await _portal.ConnectAsync(bot);
        _portal.Gateway.Attach(trip, bot, "青嵐髮廊", "@qinglan", [.. Scopes.Base]);
        using var stranger = _portal.NewBrowser();

        var page = await stranger.OpenAsync(_buyer.ReturnAddress(trip));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.TextOf("order-state").ShouldContain("Consent was given");
        page.Html.ShouldNotContain("青嵐髮廊");
        page.Html.ShouldNotContain(bot.ToString());
        (await _buyer.OrderAsync(_module)).State.ShouldBe(OrderState.AtLine);
    }

    [Fact]
    public async Task Given_a_buyer_who_let_somebody_else_agree_at_LINE_When_they_open_the_return_page_themselves_Then_they_do_not_get_the_account()
    {
        var bot = ShopWindow.NewBot();
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        await _portal.ConnectAsync(bot);
        _portal.Gateway.Attach(trip, bot, "青嵐髮廊", "@qinglan", [.. Scopes.Base]);
        var address = _buyer.ReturnAddress(trip);
        var withoutProof = address[..address.IndexOf("&proof=", StringComparison.Ordinal)];

        foreach (var tried in new[] { withoutProof, withoutProof + "&proof=made-up" })
        {
            var page = await _buyer.Browser.OpenAsync(tried);
            page.TextOf("order-other-browser").ShouldContain("another browser");
            page.Html.ShouldNotContain("青嵐髮廊");
        }

        (await _buyer.OrderAsync(_module)).State.ShouldBe(OrderState.AtLine);
        (await _buyer.Browser.OpenAsync(address)).TextOf("review").ShouldContain("青嵐髮廊");
    }

    [Fact]
    public async Task Given_somebody_else_who_is_signed_in_When_they_open_the_signed_link_Then_they_too_only_see_the_state()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var other = await Buyer.NewAsync(_portal, "Somebody Else");

        var page = await other.Browser.OpenAsync(_buyer.ReturnAddress(trip));

        page.TextOf("order-state").ShouldContain("LINE has not answered yet");
        (await _buyer.OrderAsync(_module)).State.ShouldBe(OrderState.AtLine);
    }

    [Fact]
    public async Task Given_an_order_of_one_person_When_another_opens_its_review_Then_it_does_not_exist_for_them()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var review = await _buyer.ConsentAsync(trip, ShopWindow.NewBot());
        var other = await Buyer.NewAsync(_portal, "Somebody Else");

        (await other.Browser.OpenAsync(review.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        var forged = await other.Browser.PostAsync(review.Path, await other.Browser.OpenAsync("/sign-in"), ("_handler", "confirm"), ("Input.CompanyName", "Mine now"));
        forged.Status.ShouldBe(HttpStatusCode.BadRequest, "the page shows them no such form");
        (await _portal.InDatabaseAsync(db => db.Subscriptions.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_changed_link_When_it_is_opened_Then_it_names_no_order()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");

        var page = await _buyer.Browser.OpenAsync(_buyer.ReturnAddress(trip).Replace("order=", "order=x", StringComparison.Ordinal));

        page.Has("order-expired").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_order_at_LINE_When_seven_days_have_passed_Then_its_link_and_its_page_are_gone()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var order = await _buyer.OrderAsync(_module);
        _portal.Clock.Advance(TimeSpan.FromDays(7));

        (await _buyer.Browser.OpenAsync(_buyer.ReturnAddress(trip))).Has("order-expired").ShouldBeTrue();
        (await _buyer.Browser.OpenAsync($"/orders/{order.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_an_order_at_LINE_When_six_days_have_passed_Then_it_can_still_be_confirmed()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        _portal.Clock.Advance(TimeSpan.FromDays(6));

        var module = await _buyer.ConfirmAsync(await _buyer.ConsentAsync(trip, ShopWindow.NewBot()), "Qinglan Hair");

        module.Path.ShouldStartWith("/o/qinglan-hair/modules/");
    }

    [Fact]
    public async Task Given_LINE_has_not_answered_When_the_buyer_is_back_Then_they_can_look_again_or_start_over()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");

        var page = await _buyer.Browser.OpenAsync(_buyer.ReturnAddress(trip));

        page.TextOf("order-state").ShouldContain("LINE has not answered yet");
        page.Html.ShouldContain("/get/keyword-reply/account?plan=free");
    }

    [Fact]
    public async Task Given_a_newer_trip_to_LINE_When_the_older_one_comes_back_Then_it_counts_for_nothing()
    {
        var (_, older) = await _buyer.GoToLineAsync("keyword-reply");
        var (_, newer) = await _buyer.GoToLineAsync("keyword-reply");
        newer.ShouldNotBe(older);

        var page = await _buyer.ConsentAsync(older, ShopWindow.NewBot());

        page.TextOf("order-state").ShouldContain("LINE has not answered yet");
        (await _buyer.OrderAsync(_module)).AttachRequestId.ShouldBe(newer);
    }

    [Fact]
    public async Task Given_an_unfinished_order_When_its_buyer_has_an_organisation_Then_My_accounts_offers_to_go_on()
    {
        await _portal.ListAsync("live-desk", "Live Desk", ModuleRole.StepsInWhenAsked);
        await _buyer.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");
        await _buyer.GoToLineAsync("live-desk");

        var accounts = await _buyer.Browser.OpenAsync("/o/qinglan-hair/accounts");

        accounts.TextOf("unfinished-order").ShouldContain("Live Desk");
    }
}
