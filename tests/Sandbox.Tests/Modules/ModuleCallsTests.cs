using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Modules;

public sealed class ModuleCallsTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_an_attached_module_When_it_detaches_Then_it_is_told_once_and_its_calls_are_refused()
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await shop.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.BotId }, withBot: false);

        answer.Text.ShouldBe("{}");
        var detached = (await shop.Module.NextAsync("module")).Event.GetProperty("module");
        detached.GetProperty("type").GetString().ShouldBe("detached");
        detached.TryGetProperty("reason", out _).ShouldBeFalse();
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.BotId }, withBot: false))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "Specified channel is not detachable");
    }

    [Fact]
    public async Task Given_a_malformed_bot_id_When_the_module_detaches_Then_400()
    {
        await using var shop = await Shop.NewAsync(host);

        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = "nobody" }, withBot: false))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "user/group/room Id is not available.");
        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", withBot: false)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_three_attached_accounts_When_the_list_is_read_by_two_Then_a_continuation_leads_to_the_third()
    {
        await using var shop = await Shop.NewAsync(host);
        var others = new[] { await Shop.NewAsync(host), await Shop.NewAsync(host) };
        await shop.AttachAsync(Shop.AllScopes);
        foreach (var other in others)
            await shop.AttachToAsync(other);

        var first = await shop.CallAsync(HttpMethod.Get, "/v2/bot/list?limit=2", withBot: false);
        var next = first.Json.GetProperty("next").GetString()!;
        var second = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/list?limit=2&start={Uri.EscapeDataString(next)}", withBot: false);

        second.Json.TryGetProperty("next", out _).ShouldBeFalse();
        var bots = new[] { first, second }.SelectMany(page => page.Json.GetProperty("bots").EnumerateArray()).ToList();
        bots.Select(bot => bot.GetProperty("userId").GetString()).ShouldBe([shop.BotId, others[0].BotId, others[1].BotId], ignoreOrder: true);
        bots.ShouldAllBe(bot => bot.GetProperty("displayName").GetString() == "測試小店" && bot.GetProperty("basicId").GetString()!.StartsWith('@'));
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Theory]
    [InlineData("limit=0", "The value for the 'limit' parameter is invalid")]
    [InlineData("limit=101", "The value for the 'limit' parameter is invalid")]
    [InlineData("start=nonsense", "Invalid start param")]
    public async Task Given_a_wrong_parameter_When_the_list_is_read_Then_400(string query, string message)
    {
        await using var shop = await Shop.NewAsync(host);

        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/list?{query}", withBot: false)).ShouldBeRefused(HttpStatusCode.BadRequest, message);
    }

    [Fact]
    public async Task Given_the_account_is_erased_When_its_module_hears_of_it_Then_the_reason_is_bot_deleted()
    {
        await using var shop = await Shop.OpenAsync(host);

        using var answer = await host.Http.DeleteAsync($"/sandbox/api/accounts/{shop.BotId}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await shop.Module.NextAsync("module")).Event.GetProperty("module").GetProperty("reason").GetString().ShouldBe("bot_deleted");
    }
}
