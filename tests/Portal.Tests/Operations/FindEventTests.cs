using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Operations;

/// <summary>The operator finds an event and reads its way on a line of time.</summary>
public sealed class FindEventTests : IAsyncLifetime
{
    private const string Bot = "U00000000000000000000000000000b0b";

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
        _portal.Gateway.Ways["01EVENT"] = _portal.Gateway.Ways[$"{Bot} Ualice"] = new
        {
            webhookEventId = "01EVENT", botId = Bot, channelId = "1000000001", type = "message", chatId = "Ualice", receivedAt = "2026-03-01T01:02:03.004Z", signedBy = "previous",
            receivedAgain = new[] { new { at = "2026-03-01T01:03:03Z", signedBy = "current" } }, state = "routed", why = "Routed.",
            deliveries = new object[]
            {
                new
                {
                    deliveryId = "7", seenAs = "ab", linkageId = Guid.NewGuid(), moduleId = Guid.NewGuid(), module = "Keyword reply", mode = "active", epoch = 5, replayId = (long?)null, state = "dead", why = "given up",
                    nextAttemptAt = (string?)null,
                    attempts = new[] { new { number = 1, at = "2026-03-01T01:02:04Z", status = 500, outcome = "error_status_code", millis = 12, answer = "<b>no room</b>" } },
                },
            },
        };
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData("/operations/events?id=01EVENT&bot=&chat=")]
    [InlineData($"/operations/events?id=&bot={Bot}&chat=Ualice")]
    public async Task Given_an_event_that_failed_When_the_operator_looks_for_it_by_id_or_chat_Then_its_way_is_told_from_receipt_to_the_modules_answer(string address)
    {
        var page = await _operator.Browser.OpenAsync(address);
        var way = page.TextOf("event-way");
        way.ShouldContain("2026-03-01 01:02:03.004 UTC received · signed with the previous secret");
        way.ShouldContain("2026-03-01 01:03:03.000 UTC received again · signed with the current secret");
        page.TextOf("delivery-way").ShouldContain("Keyword reply active epoch 5 · given up; a replay can send it again");
        page.TextOf("attempt-way").ShouldContain("500 refused · 12 ms <b>no room</b>");
    }

    [Fact]
    public async Task Given_an_id_that_nobody_knows_or_none_When_the_operator_looks_Then_the_page_says_so()
    {
        (await _operator.Browser.OpenAsync("/operations/events")).Has("find-event").ShouldBeTrue();
        (await _operator.Browser.OpenAsync("/operations/events?id=nobodys")).Has("find-nothing").ShouldBeTrue();
        (await _operator.Browser.OpenAsync("/operations/events?bot=nonsense&chat=x")).Has("find-too-little").ShouldBeTrue();
        _portal.Gateway.Failing = 503;
        (await _operator.Browser.OpenAsync("/operations/events?id=01EVENT")).Has("gateway-away").ShouldBeTrue();
    }
}
