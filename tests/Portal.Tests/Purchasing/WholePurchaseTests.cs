using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

public sealed class WholePurchaseTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_new_person_When_they_take_a_free_plan_Then_organisation_subscription_and_linkage_in_set_up_come_to_be(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);
        var module = await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);
        var bot = ShopWindow.NewBot();

        var (_, trip) = await buyer.GoToLineAsync("keyword-reply");
        var review = await buyer.ConsentAsync(trip, bot);
        var page = await buyer.ConfirmAsync(review, "Qinglan Hair");

        page.Path.ShouldStartWith("/o/qinglan-hair/modules/");
        page.AttributeOf("set-up-open", "href").ShouldBe($"http://127.0.0.1:5083/setup?bot={bot}&linkage={Buyer.LinkageOf(page)}");
        var (organisation, linkage, subscription, price) = await portal.InDatabaseAsync(async db =>
        {
            var subscription = await db.Subscriptions.SingleAsync();
            return (await db.Organisations.SingleAsync(row => row.Slug == "qinglan-hair"), await db.Linkages.SingleAsync(), subscription, await db.Prices.SingleAsync(row => row.Id == subscription.PriceId));
        });
        organisation.Country.ShouldBe("TW");
        linkage.State.ShouldBe(LinkageState.InSetUp);
        linkage.TenantId.ShouldBe(organisation.Id);
        linkage.Scopes.ShouldBe([Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead]);
        subscription.State.ShouldBe(SubscriptionState.Active);
        price.Amount.IsZero.ShouldBeTrue();
        var order = await buyer.OrderAsync(module);
        order.State.ShouldBe(OrderState.Confirmed);
        order.AgreedTerms.ShouldNotBeNull().ShouldContain("Read what customers write to your account");
        await portal.Gateway.NextNudgeAsync(within: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Given_a_person_who_is_not_signed_in_When_they_continue_with_a_plan_Then_they_sign_up_and_come_back_to_the_same_step()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        using var browser = portal.NewBrowser();

        var signIn = await browser.PressAsync(await browser.OpenAsync("/get/keyword-reply?plan=free"), "plan-continue");
        signIn.Address.AbsolutePath.ShouldBe("/sign-in");
        var account = await browser.PressAsync(signIn, "sign-up", ("Input.Name", "Yu-Chen"), ("Input.Email", "yuchen@example.com"), ("Input.Passphrase", Buyer.Passphrase));

        account.Path.ShouldBe("/get/keyword-reply/account?plan=free");
        account.Has("account-connect").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_the_consent_page_When_the_portal_asks_for_it_Then_the_base_set_and_the_modules_own_scopes_are_asked_for()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("coupons", scopes: [Scopes.MessageSend, "coupon:manage"]);
        var buyer = await Buyer.NewAsync(portal);

        await buyer.GoToLineAsync("coupons");

        var asked = portal.Gateway.AttachBodies.ShouldHaveSingleItem();
        asked["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe([.. Scopes.Base, "coupon:manage"]);
        asked["basicSearchId"].ShouldBeNull();
    }

    [Fact]
    public async Task Given_an_account_that_has_granted_enough_When_a_second_module_is_bought_for_it_Then_no_trip_to_LINE_is_needed()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        await portal.ListAsync("live-desk", "Live Desk", ModuleRole.StepsInWhenAsked);
        var buyer = await Buyer.NewAsync(portal);
        var bot = ShopWindow.NewBot();
        await buyer.BuyAsync("keyword-reply", bot, "Qinglan Hair");

        var account = await buyer.Browser.OpenAsync("/get/live-desk/account?plan=free");
        account.Has($"account-{bot}").ShouldBeTrue();
        var review = await buyer.Browser.PressAsync(account, "account-continue");
        review.Has("company-name").ShouldBeFalse("the company is known by now");
        var page = await buyer.ConfirmAsync(review);

        page.Path.ShouldStartWith("/o/qinglan-hair/modules/");
        portal.Gateway.AttachBodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_account_that_lacks_a_permission_When_a_module_that_needs_it_is_bought_Then_LINE_is_asked_for_all_of_them_and_only_for_that_account()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        await portal.ListAsync("coupons", "Coupons", scopes: ["coupon:manage"]);
        var buyer = await Buyer.NewAsync(portal);
        await buyer.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");

        var atLine = await buyer.Browser.PressAsync(await buyer.Browser.OpenAsync("/get/coupons/account?plan=free"), "account-continue");

        atLine.Address.Host.ShouldBe("line.test");
        var asked = portal.Gateway.AttachBodies.Last();
        asked["basicSearchId"]!.GetValue<string>().ShouldBe("@qinglan");
        asked["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe([.. Scopes.Base, "coupon:manage"]);
    }

    [Fact]
    public async Task Given_a_reader_of_Chinese_When_they_review_Then_every_sentence_is_Chinese_and_the_order_keeps_it_so()
    {
        await using var portal = await PortalHost.StartAsync();
        var module = await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal, language: "zh-TW");
        var (_, trip) = await buyer.GoToLineAsync("keyword-reply");

        var review = await buyer.ConsentAsync(trip, ShopWindow.NewBot());
        await buyer.ConfirmAsync(review, "青嵐髮廊");

        review.Text.ShouldContain("現在 NT$0，之後每月續用 NT$0，含稅");
        review.Text.ShouldContain("讀取顧客傳給您帳號的訊息");
        (await buyer.OrderAsync(module)).AgreedTerms.ShouldNotBeNull().ShouldContain("讀取顧客傳給您帳號的訊息");
    }

    [Fact]
    public async Task Given_a_Taiwanese_company_When_its_owner_reads_Japanese_Then_the_order_stays_in_the_companys_currency()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var module = await portal.ListAsync("live-desk", "Live Desk", ModuleRole.StepsInWhenAsked);
        await portal.InDatabaseAsync(async db =>
        {
            var plan = await db.Plans.SingleAsync(row => row.ModuleId == module);
            db.Add(new Price { Id = PriceId.New(), PlanId = plan.Id, Amount = Money.Of(0, Currency.Jpy), Interval = BillingInterval.Month, ValidFrom = portal.Clock.GetUtcNow().AddDays(-1) });
            return await db.SaveChangesAsync();
        });
        var buyer = await Buyer.NewAsync(portal);
        await buyer.BuyAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");

        var account = await buyer.Browser.OpenAsync("/get/live-desk/account?plan=free&culture=ja");
        var review = await buyer.Browser.PressAsync(account, "account-continue");

        review.Text.ShouldContain("NT$0");
        review.Text.ShouldNotContain("¥");
        var price = (await buyer.OrderAsync(module)).PriceId;
        (await portal.InDatabaseAsync(db => db.Prices.SingleAsync(row => row.Id == price))).Amount.Currency.ShouldBe(Currency.Twd);
    }

    [Theory]
    [InlineData(false, 0, "not-installable")]
    [InlineData(true, 800, "not-free")]
    public async Task Given_what_cannot_be_ordered_When_somebody_tries_Then_a_sentence_says_why_and_no_order_is_made(bool installable, long monthly, string notice)
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply", installable: installable, monthly: monthly);
        var buyer = await Buyer.NewAsync(portal);

        var page = await buyer.Browser.OpenAsync("/get/keyword-reply/account?plan=free");

        page.Path.ShouldBe("/get/keyword-reply?plan=free");
        page.Has(notice).ShouldBeTrue();
        page.Has("plan-continue").ShouldBeFalse();
        (await portal.InDatabaseAsync(db => db.Set<Order>().CountAsync())).ShouldBe(0);
    }
}
