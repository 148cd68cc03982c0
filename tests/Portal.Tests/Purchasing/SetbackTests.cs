using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

/// <summary>What goes otherwise than planned between "Get it" and the review: one sentence why, nothing lost, nothing half-done.</summary>
public sealed class SetbackTests : IAsyncLifetime
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
    public async Task Given_a_refusal_at_LINE_When_the_buyer_is_back_Then_they_stand_on_the_plan_with_the_reason_and_can_go_again()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        _portal.Gateway.Refuse(trip);

        var back = await _buyer.Browser.OpenAsync(_buyer.ReturnAddress(trip));

        back.Path.ShouldBe("/get/keyword-reply/account?plan=free");
        back.TextOf("order-problem").ShouldContain("You did not give consent at LINE");
        var again = await _buyer.Browser.PressAsync(back, "account-connect");
        again.Address.Host.ShouldBe("line.test");
        (await _buyer.OrderAsync(_module)).State.ShouldBe(OrderState.AtLine, "the same order was taken up again");
    }

    [Fact]
    public async Task Given_a_failure_at_LINE_When_the_buyer_is_back_Then_the_order_keeps_LINEs_words()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        _portal.Gateway.Fail(trip, "A Default Active module is already attached.");

        var back = await _buyer.Browser.OpenAsync(_buyer.ReturnAddress(trip));

        back.TextOf("order-problem").ShouldContain("LINE could not connect the account");
        var order = await _buyer.OrderAsync(_module);
        order.Setback.ShouldBe(OrderSetback.LineFailed);
        order.SetbackDetail.ShouldBe("A Default Active module is already attached.");
    }

    [Fact]
    public async Task Given_fewer_permissions_than_needed_When_the_buyer_is_back_Then_they_are_told_and_nothing_is_ordered()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");

        var back = await _buyer.ConsentAsync(trip, ShopWindow.NewBot(), Scopes.MessageSend);

        back.TextOf("order-problem").ShouldContain("fewer permissions than this module needs");
        back.Text.ShouldNotContain("You have not connected an account yet", Case.Sensitive, "they have just come from connecting one");
        (await _portal.InDatabaseAsync(db => db.OfficialAccounts.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_an_account_of_another_company_When_somebody_consents_to_it_Then_no_linkage_is_made_and_they_read_why()
    {
        var bot = ShopWindow.NewBot();
        await _buyer.BuyAsync("keyword-reply", bot, "Qinglan Hair");
        var other = await Buyer.NewAsync(_portal, "Somebody Else");

        var (_, trip) = await other.GoToLineAsync("keyword-reply");
        var back = await other.ConsentAsync(trip, bot);

        back.TextOf("order-problem").ShouldContain("already connected by another company");
        (await _portal.InDatabaseAsync(db => db.Linkages.CountAsync())).ShouldBe(1);
        (await _portal.InDatabaseAsync(db => db.OfficialAccounts.SingleAsync())).BotId.ShouldBe(bot);
    }

    [Fact]
    public async Task Given_an_account_that_another_company_claims_during_the_review_When_it_is_confirmed_Then_nothing_is_made()
    {
        var bot = ShopWindow.NewBot();
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var review = await _buyer.ConsentAsync(trip, bot);
        var faster = await Buyer.NewAsync(_portal, "Faster");
        await faster.BuyAsync("keyword-reply", bot, "Faster Ltd");

        var back = await _buyer.ConfirmAsync(review, "Qinglan Hair");

        back.TextOf("order-problem").ShouldContain("already connected by another company");
        (await _portal.InDatabaseAsync(db => db.Organisations.AnyAsync(row => row.Name == "Qinglan Hair"))).ShouldBeFalse();
        (await _portal.InDatabaseAsync(db => db.Subscriptions.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_connection_that_is_taken_away_during_the_review_When_it_is_confirmed_Then_the_buyer_is_sent_to_connect_once_more()
    {
        var bot = ShopWindow.NewBot();
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var review = await _buyer.ConsentAsync(trip, bot);
        await _portal.InDatabaseAsync(async db =>
        {
            (await db.Connections.SingleAsync(row => row.BotId == bot)).State = ConnectionState.Detached;
            return await db.SaveChangesAsync();
        });

        var back = await _buyer.ConfirmAsync(review, "Qinglan Hair");

        back.TextOf("order-problem").ShouldContain("no longer connected at LINE");
        (await _portal.InDatabaseAsync(db => db.Subscriptions.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_known_account_When_LINE_comes_back_with_another_one_Then_it_is_not_taken_for_it()
    {
        await _portal.ListAsync("coupons", "Coupons", scopes: ["coupon:manage"]);
        await _buyer.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");
        await _buyer.Browser.PressAsync(await _buyer.Browser.OpenAsync("/get/coupons/account?plan=free"), "account-continue");
        var trip = _portal.Gateway.AttachBodies.Last()["id"]!.GetValue<Guid>();

        var back = await _buyer.ConsentAsync(trip, ShopWindow.NewBot(), [.. Scopes.Base, "coupon:manage"]);

        back.TextOf("order-problem").ShouldContain("another account than the one you chose");
    }

    [Fact]
    public async Task Given_the_gateway_is_away_When_the_buyer_sets_out_for_LINE_Then_they_are_told_and_the_order_is_kept()
    {
        var account = await _buyer.Browser.OpenAsync("/get/keyword-reply/account?plan=free");
        _portal.Gateway.Failing = 503;

        var page = await _buyer.Browser.PressAsync(account, "account-connect");

        page.TextOf("order-problem").ShouldContain("The way to LINE is closed for a moment");
        _portal.Gateway.Failing = null;
        (await _buyer.Browser.PressAsync(page, "account-connect")).Address.Host.ShouldBe("line.test");
        (await _portal.InDatabaseAsync(db => db.Set<Order>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_company_name_is_missing_When_it_is_confirmed_Then_the_field_says_so_and_nothing_is_made()
    {
        var (_, trip) = await _buyer.GoToLineAsync("keyword-reply");
        var review = await _buyer.ConsentAsync(trip, ShopWindow.NewBot());

        var page = await _buyer.ConfirmAsync(review, "  ");

        page.Text.ShouldContain("Please write the name");
        page.Has("review-confirm").ShouldBeTrue();
        (await _portal.InDatabaseAsync(db => db.Organisations.CountAsync(row => !row.Slug.StartsWith("provider-")))).ShouldBe(0);
    }
}
