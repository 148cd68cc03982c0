using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Console;

public sealed class TroublePageTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_the_page_When_a_person_orders_a_fault_Then_it_stands_there_until_it_struck_and_the_rest_can_be_forgotten()
    {
        await using var shop = await Shop.OpenAsync(_host);
        (await PageAsync()).ShouldContain("data-testid=\"no-faults\"");

        var page = await PostAsync("/sandbox/api/trouble/faults", ("kind", "Api429"), ("botId", shop.BotId), ("path", "/v2/bot/info"), ("times", "2"), ("delayMillis", "0"));
        page.ShouldContain("Calls: refuse with 429, 2 times, 測試小店, /v2/bot/info");
        (await shop.GetAsync("/v2/bot/info")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await PageAsync()).ShouldContain("Calls: refuse with 429, once");

        (await PostAsync("/sandbox/api/trouble/faults/clear")).ShouldContain("data-testid=\"no-faults\"");
        (await shop.GetAsync("/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
        using var refused = await _host.Http.PostAsync("/sandbox/api/trouble/faults", new FormUrlEncodedContent([new("kind", "Fire"), new("times", "1"), new("delayMillis", "0")]));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_the_page_When_every_kind_of_fault_is_looked_for_Then_each_can_be_ordered_there()
    {
        var page = await PageAsync();

        foreach (var kind in Enum.GetNames<Sandbox.Faults.FaultKind>())
            page.ShouldContain($"<option value=\"{kind}\">");
    }

    [Fact]
    public async Task Given_the_page_When_a_person_moves_the_time_or_sets_a_number_Then_it_is_so()
    {
        var before = await _host.NowAsync();

        await PostAsync("/sandbox/api/trouble/clock", ("seconds", "3600"));
        var page = await PostAsync("/sandbox/api/trouble/phone-numbers/hana", ("number", "+819011112222"), ("consent", "NotSet"), ("needsSms", "on"));

        (await _host.NowAsync()).ShouldBeGreaterThanOrEqualTo(before.AddHours(1));
        page.ShouldContain("value=\"+819011112222\"");
        var number = (await _host.GetAsync("/sandbox/api/phone-numbers")).EnumerateArray().Single();
        (number.GetProperty("consent").GetString(), number.GetProperty("needsSms").GetBoolean(), number.GetProperty("acceptsPolicy").GetBoolean()).ShouldBe(("notSet", true, false));
    }

    [Fact]
    public async Task Given_a_page_of_another_origin_When_it_posts_a_form_Then_403()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/api/trouble/faults/clear");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await _host.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<string> PageAsync()
    {
        using var page = await _host.Http.GetAsync("/sandbox/trouble");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a form and returns the page that it leads to.</summary>
    private async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await _host.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
