using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Phone;

public sealed class HourTests
{
    [Fact]
    public async Task Given_the_side_panel_When_somebody_lets_an_hour_pass_Then_the_platforms_time_moves_and_the_panel_says_so()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);
        var before = await host.NowAsync();

        await host.PostAsync($"/phone/api/accounts/{shop.BotId}/let-an-hour-pass", new { });

        (await host.NowAsync()).ShouldBeGreaterThanOrEqualTo(before.AddHours(1));
        (await timeline.NextAsync(line => line.Kind == "clock")).Json.GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(before.AddHours(1));
    }

    [Fact]
    public async Task Given_a_clock_that_may_not_be_moved_When_somebody_lets_an_hour_pass_Then_it_is_refused_with_the_setting()
    {
        await using var host = await SandboxHost.StartAsync(("Sandbox:ClockMovable", "false"));
        await using var shop = await Shop.OpenAsync(host);
        using var refused = await host.Http.PostAsync($"/phone/api/accounts/{shop.BotId}/let-an-hour-pass", null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Sandbox:ClockMovable is off.");
    }
}
