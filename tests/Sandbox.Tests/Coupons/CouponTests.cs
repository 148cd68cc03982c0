using System.Net;
using System.Text.Json.Nodes;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Coupons;

public sealed class CouponTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_coupons_When_they_are_made_read_listed_and_closed_Then_each_shows_its_state_and_a_second_close_is_410()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var first = await CreateAsync(shop);
        await CreateAsync(shop);
        await CreateAsync(shop);

        var read = (await shop.GetAsync($"/v2/bot/coupon/{first}")).Json;
        (read.GetProperty("status").GetString(), read.GetProperty("title").GetString(), read.GetProperty("couponId").GetString()).ShouldBe(("RUNNING", "Tea for two", first));
        read.GetProperty("reward").GetProperty("priceInfo").GetProperty("percentage").GetInt32().ShouldBe(20);
        (await shop.PutAsync($"/v2/bot/coupon/{first}/close", new { })).ShouldBeEmpty();
        (await shop.PutAsync($"/v2/bot/coupon/{first}/close", new { })).Status.ShouldBe(HttpStatusCode.Gone);
        (await shop.GetAsync($"/v2/bot/coupon/{first}")).Json.GetProperty("status").GetString().ShouldBe("CLOSED");
        (await shop.PutAsync("/v2/bot/coupon/nothing/close", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");

        var page = (await shop.GetAsync("/v2/bot/coupon?limit=2")).Json;
        page.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await shop.GetAsync($"/v2/bot/coupon?start={page.GetProperty("next").GetString()}")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await shop.GetAsync("/v2/bot/coupon?status=CLOSED")).Json.GetProperty("items")[0].GetRawText().ShouldBe($$"""{"couponId":"{{first}}","title":"Tea for two"}""");
        (await shop.GetAsync("/v2/bot/coupon?status=RUNNING&status=CLOSED")).Json.GetProperty("items").GetArrayLength().ShouldBe(3);
        (await shop.GetAsync("/v2/bot/coupon?status=LOST")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'status' parameter is invalid");
    }

    [Theory]
    [InlineData("""{"title":"","visibility":"PRIVATE"}""", "title: May not be empty", "visibility: Must be one of the following values: [UNLISTED, PUBLIC]")]
    [InlineData("""{"maxUseCountPerTicket":2}""", "maxUseCountPerTicket: Must be between -1 and 1")]
    [InlineData("""{"timezone":"Taipei"}""", "timezone: invalid property")]
    [InlineData("""{"timezone":"ASIA_NOWHERE"}""", "timezone: invalid property")]
    [InlineData("""{"endTimestamp":1}""", "endTimestamp: must be later than startTimestamp")]
    [InlineData("""{"acquisitionCondition":{"type":"lottery","lotteryProbability":100,"maxAcquireCount":5}}""", "acquisitionCondition.lotteryProbability: Must be between 1 and 99")]
    [InlineData("""{"reward":{"type":"cashBack","priceInfo":{"type":"explicit"}}}""", "reward.priceInfo.type: Must be one of the following values: [fixed, percentage]")]
    public async Task Given_a_coupon_that_LINE_refuses_When_it_is_created_Then_400_names_each_fault(string changes, params string[] faults)
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var coupon = Coupon();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
            coupon[name] = value!.DeepClone();

        (await shop.PostAsync("/v2/bot/coupon", coupon)).ShouldBeFaulty(faults);
    }

    [Fact]
    public async Task Given_a_coupon_When_it_is_sent_Then_its_own_channel_may_while_it_runs_and_nobody_else()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        await using var plain = await Shop.OpenAsync(host);
        var id = await CreateAsync(shop);
        var message = new { type = "coupon", couponId = id };
        async Task<ApiAnswer> Push(Shop from) => await from.PostAsync("/v2/bot/message/push", new { to = await from.UserIdAsync(), messages = new[] { message } });

        (await Push(shop)).Status.ShouldBe(HttpStatusCode.OK);
        (await Push(plain)).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
        (await plain.GetAsync("/v2/bot/coupon")).ShouldBeRefused(HttpStatusCode.Forbidden, "Access to this API is not available for your account");
        await using var other = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        (await Push(other)).ShouldBeFaulty("messages[0].couponId: invalid couponId");
        await shop.PutAsync($"/v2/bot/coupon/{id}/close", new { });
        (await Push(shop)).ShouldBeFaulty("messages[0].couponId: invalid couponId");
        (await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { message } })).ShouldBeFaulty("messages[0].couponId: invalid couponId");
        (await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = new[] { message } })).ShouldBeFaulty("messages[0].couponId: invalid couponId");
    }

    [Fact]
    public async Task Given_a_coupon_that_was_closed_When_a_phone_reads_it_Then_its_own_account_shows_it_as_closed_and_another_account_has_none()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        await using var other = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var id = await CreateAsync(shop);
        await shop.PutAsync($"/v2/bot/coupon/{id}/close", new { });

        (await host.GetAsync($"/phone/api/accounts/{shop.BotId}/coupons/{id}")).GetRawText()
            .ShouldBe("""{"title":"Tea for two","startTimestamp":1760000000,"endTimestamp":1770000000,"timezone":"ASIA_TAIPEI","isClosed":true}""");
        using var elsewhere = await host.Http.GetAsync($"/phone/api/accounts/{other.BotId}/coupons/{id}");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> CreateAsync(Shop shop)
    {
        var created = await shop.PostAsync("/v2/bot/coupon", Coupon());
        created.Status.ShouldBe(HttpStatusCode.OK, created.Text);
        return created.Json.GetProperty("couponId").GetString()!;
    }

    private static JsonObject Coupon() => JsonNode.Parse("""
        {"title":"Tea for two","visibility":"UNLISTED","timezone":"ASIA_TAIPEI","startTimestamp":1760000000,"endTimestamp":1770000000,"maxUseCountPerTicket":1,
         "acquisitionCondition":{"type":"normal"},"reward":{"type":"discount","priceInfo":{"type":"percentage","percentage":20}}}
        """)!.AsObject();
}
