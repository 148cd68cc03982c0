using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Operations;

public sealed class OperationsTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private Buyer _operator = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        var person = await _portal.InDatabaseAsync(async db =>
        {
            var row = new Person { Id = PersonId.New(), DisplayName = "Operator", Email = "operator@example.com", Language = "en", IsOperator = true, CreatedAt = _portal.Clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        _operator = await Buyer.AsAsync(_portal, person);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_somebody_who_is_no_operator_When_they_open_operations_Then_it_does_not_exist()
    {
        var buyer = await Buyer.NewAsync(_portal);

        (await buyer.Browser.OpenAsync("/operations")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_nothing_has_happened_When_the_operator_looks_Then_each_list_says_so()
    {
        var page = await _operator.Browser.OpenAsync("/operations");

        page.Text.ShouldContain("None: every event found its account.");
        page.Text.ShouldContain("No account is connected yet.");
        page.Text.ShouldContain("No order is waiting for longer than an hour.");
    }

    [Fact]
    public async Task Given_unroutable_events_When_the_operator_looks_Then_each_is_listed_with_its_reason()
    {
        _portal.Gateway.Unroutable.Enqueue(new { id = "1", receivedAt = "2026-03-01T01:02:03Z", channelId = "1000000001", botId = "U00000000000000000000000000000b0b", type = "message", reason = "notConnected" });
        _portal.Gateway.Unroutable.Enqueue(new { id = "2", receivedAt = "2026-03-01T01:02:04Z", channelId = "1000000002", botId = "U00000000000000000000000000000b0b", type = "follow", reason = "somethingNew" });

        var page = await _operator.Browser.OpenAsync("/operations");

        page.Text.ShouldContain("2026-03-01 01:02:03 UTC message U00000000000000000000000000000b0b 1000000001 The account is not connected");
        page.Text.ShouldContain("somethingNew");
    }

    [Fact]
    public async Task Given_the_gateway_does_not_answer_When_the_operator_looks_Then_the_rest_is_shown()
    {
        await _portal.ConnectAsync(ShopWindow.NewBot(), "青嵐髮廊");
        _portal.Gateway.Failing = 503;

        var page = await _operator.Browser.OpenAsync("/operations");

        page.Has("gateway-away").ShouldBeTrue();
        page.TextOf("connection-row").ShouldContain("青嵐髮廊");
        page.TextOf("connection-row").ShouldContain("not claimed yet");
    }

    [Fact]
    public async Task Given_an_order_that_nobody_touched_for_an_hour_When_the_operator_looks_Then_it_is_listed_with_where_it_stands()
    {
        await _portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(_portal);
        await buyer.GoToLineAsync("keyword-reply");
        (await _operator.Browser.OpenAsync("/operations")).Has("stuck-order").ShouldBeFalse();

        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        var page = await _operator.Browser.OpenAsync("/operations");
        page.TextOf("stuck-order").ShouldContain("Keyword Reply");
        page.TextOf("stuck-order").ShouldContain("At LINE");
    }

    [Fact]
    public async Task Given_accounts_of_several_companies_When_the_operator_looks_Then_each_connection_names_its_company()
    {
        await _portal.ListAsync("keyword-reply");
        await (await Buyer.NewAsync(_portal, "One")).BuyAsync("keyword-reply", ShopWindow.NewBot(), "One Ltd");
        await (await Buyer.NewAsync(_portal, "Two")).BuyAsync("keyword-reply", ShopWindow.NewBot(), "Two Ltd");

        var page = await _operator.Browser.OpenAsync("/operations");

        page.Text.ShouldContain("One Ltd");
        page.Text.ShouldContain("Two Ltd");
        (await _portal.InDatabaseAsync(db => db.Connections.CountAsync())).ShouldBe(2);
    }
}
