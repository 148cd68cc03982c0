using Portal.Gateway;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

/// <summary>The order's own rules, which no page can bend.</summary>
public sealed class OrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Given_a_confirmed_order_When_anything_else_is_tried_Then_it_does_not_move()
    {
        var order = InReview();
        order.Confirm(Subscription(), Linkage(), "{}", Noon).ShouldBeTrue();

        order.LeaveForLine(Guid.NewGuid(), null, null, Noon).ShouldBeFalse();
        order.FallBack(OrderSetback.ConnectionLost, Noon).ShouldBeFalse();
        order.Confirm(Subscription(), Linkage(), "{}", Noon).ShouldBeFalse();
        order.State.ShouldBe(OrderState.Confirmed);
    }

    [Fact]
    public void Given_an_order_that_is_not_in_review_When_it_is_confirmed_Then_it_does_not_move() =>
        New().Confirm(Subscription(), Linkage(), "{}", Noon).ShouldBeFalse();

    [Fact]
    public void Given_a_trip_to_LINE_When_another_trips_answer_comes_Then_it_counts_for_nothing()
    {
        var order = New();
        order.LeaveForLine(Guid.NewGuid(), null, null, Noon);

        order.ComeBackAttached(Attached(Guid.NewGuid()), null, Noon).ShouldBeFalse();
        order.ComeBackWithout(Attached(Guid.NewGuid()), OrderSetback.RefusedAtLine, Noon).ShouldBeFalse();
        order.State.ShouldBe(OrderState.AtLine);
    }

    [Fact]
    public void Given_a_setback_When_the_buyer_sets_out_again_Then_the_old_reason_is_gone()
    {
        var trip = Guid.NewGuid();
        var order = New();
        order.LeaveForLine(trip, null, null, Noon);
        order.ComeBackWithout(Attached(trip), OrderSetback.ForeignAccount, Noon).ShouldBeTrue();
        order.Setback.ShouldBe(OrderSetback.ForeignAccount);

        order.LeaveForLine(Guid.NewGuid(), null, null, Noon).ShouldBeTrue();

        order.Setback.ShouldBeNull();
    }

    [Fact]
    public void Given_seven_days_When_they_have_passed_Then_nothing_moves_any_more()
    {
        var order = InReview();

        order.Confirm(Subscription(), Linkage(), "{}", Noon + Order.Lifetime).ShouldBeFalse();
        order.LeaveForLine(Guid.NewGuid(), null, null, Noon + Order.Lifetime).ShouldBeFalse();
        order.Confirm(Subscription(), Linkage(), "{}", Noon + Order.Lifetime - TimeSpan.FromSeconds(1)).ShouldBeTrue();
    }

    [Fact]
    public void Given_words_of_LINE_without_end_When_they_are_kept_Then_they_are_cut_to_what_the_store_takes()
    {
        var trip = Guid.NewGuid();
        var order = New();
        order.LeaveForLine(trip, null, null, Noon);

        order.ComeBackWithout(Attached(trip) with { ErrorDescription = new string('x', 5000) }, OrderSetback.LineFailed, Noon);

        order.SetbackDetail.ShouldNotBeNull().Length.ShouldBe(500);
    }

    [Fact]
    public void Given_any_move_When_it_happens_Then_the_version_grows()
    {
        var order = New();
        var before = order.Version;

        order.LeaveForLine(Guid.NewGuid(), null, null, Noon);

        order.Version.ShouldBeGreaterThan(before);
    }

    private static Order New() => new()
    {
        Id = OrderId.New(),
        BuyerId = PersonId.New(),
        ListingSlug = "keyword-reply",
        ModuleId = ModuleId.New(),
        PlanId = PlanId.New(),
        PlanCode = "free",
        PriceId = PriceId.New(),
        BegunAt = Noon,
    };

    private static Order InReview()
    {
        var trip = Guid.NewGuid();
        var order = New();
        order.LeaveForLine(trip, null, null, Noon);
        order.ComeBackAttached(Attached(trip), null, Noon).ShouldBeTrue();
        return order;
    }

    private static AttachOutcome Attached(Guid trip) => new(trip, AttachState.Attached, ShopWindow.NewBot(), Scopes.Base, "青嵐髮廊", "@qinglan", null, null, null);

    private static Subscription Subscription() => new()
    {
        Id = SubscriptionId.New(),
        TenantId = TenantId.New(),
        OfficialAccountId = OfficialAccountId.New(),
        ModuleId = ModuleId.New(),
        PlanId = PlanId.New(),
        PriceId = PriceId.New(),
        State = SubscriptionState.Active,
        StartedAt = Noon,
    };

    private static Linkage Linkage() => new()
    {
        Id = LinkageId.New(),
        TenantId = TenantId.New(),
        OfficialAccountId = OfficialAccountId.New(),
        BotId = ShopWindow.NewBot(),
        ModuleId = ModuleId.New(),
        State = LinkageState.InSetUp,
        Scopes = [],
        CreatedAt = Noon,
    };
}
