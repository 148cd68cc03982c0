using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

public sealed class RaceTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_review_When_it_is_confirmed_eight_times_at_once_Then_there_is_one_organisation_one_subscription_and_one_answer(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);
        await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);
        var (_, trip) = await buyer.GoToLineAsync("keyword-reply");
        var review = await buyer.ConsentAsync(trip, ShopWindow.NewBot());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => buyer.ConfirmAsync(review, "Qinglan Hair")));

        answers.Select(page => page.Path).Distinct().ShouldHaveSingleItem().ShouldStartWith("/o/qinglan-hair");
        (await portal.InDatabaseAsync(db => db.Organisations.CountAsync(row => row.Name == "Qinglan Hair"))).ShouldBe(1);
        (await portal.InDatabaseAsync(db => db.Subscriptions.CountAsync())).ShouldBe(1);
        (await portal.InDatabaseAsync(db => db.Linkages.CountAsync())).ShouldBe(1);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_two_companies_that_review_the_same_account_When_both_confirm_at_once_Then_one_owns_it_and_the_other_reads_why(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);
        await portal.ListAsync("keyword-reply");
        var bot = ShopWindow.NewBot();
        var (one, first) = await AtReviewAsync(portal, bot);
        var (two, second) = await AtReviewAsync(portal, bot);

        var answers = await Task.WhenAll(one.ConfirmAsync(first, "One Ltd"), two.ConfirmAsync(second, "Two Ltd"));

        answers.Count(page => page.Has("set-up-open")).ShouldBe(1);
        answers.Single(page => !page.Has("set-up-open")).TextOf("order-problem").ShouldContain("already connected by another company");
        (await portal.InDatabaseAsync(db => db.OfficialAccounts.CountAsync())).ShouldBe(1);
        (await portal.InDatabaseAsync(db => db.Subscriptions.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_name_whose_place_in_the_path_is_taken_When_another_company_has_it_too_Then_it_gets_a_place_of_its_own()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var one = await Buyer.NewAsync(portal, "One");
        var two = await Buyer.NewAsync(portal, "Two");

        await one.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");
        var page = await two.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");

        page.Path.ShouldStartWith("/o/qinglan-hair-");
        page.Has("turn-on").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_module_on_an_account_When_it_is_bought_again_for_it_Then_the_buyer_is_told_that_it_is_on()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);
        var bot = ShopWindow.NewBot();
        await buyer.BuyAsync("keyword-reply", bot, "Qinglan Hair");

        var chosen = await buyer.Browser.PressAsync(await buyer.Browser.OpenAsync("/get/keyword-reply/account?plan=free"), "account-continue");
        chosen.TextOf("order-problem").ShouldContain("is already on this account");

        // The same by the long way: the account is picked at LINE instead of here.
        var (_, trip) = await buyer.GoToLineAsync("keyword-reply");
        var confirmed = await buyer.ConfirmAsync(await buyer.ConsentAsync(trip, bot));
        confirmed.TextOf("order-problem").ShouldContain("is already on this account");
        (await portal.InDatabaseAsync(db => db.Subscriptions.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_free_plan_that_was_used_and_ended_When_it_is_taken_again_on_that_account_Then_it_is_refused()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);
        await buyer.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");
        await buyer.Browser.PressAsync(await buyer.Browser.OpenAsync("/o/qinglan-hair/accounts"), "detach-confirm-keyword-reply");

        var page = await buyer.Browser.PressAsync(await buyer.Browser.OpenAsync("/get/keyword-reply/account?plan=free"), "account-continue");

        page.TextOf("order-problem").ShouldContain("It can be taken once per account");
    }

    private static async Task<(Buyer Buyer, Page Review)> AtReviewAsync(PortalHost portal, Line.BotId bot)
    {
        var buyer = await Buyer.NewAsync(portal);
        var (_, trip) = await buyer.GoToLineAsync("keyword-reply");
        return (buyer, await buyer.ConsentAsync(trip, bot));
    }
}
