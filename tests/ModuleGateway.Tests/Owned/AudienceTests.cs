using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Owned;

/// <summary>Audiences, coupons and aggregation units of several modules on one account.</summary>
public sealed class AudienceTests(GatewayHost gateway) : IClassFixture<GatewayHost>, IDisposable
{
    private const string UploadPath = "/v2/bot/audienceGroup/upload/byFile";

    public void Dispose()
    {
        gateway.Line.Answer = _ => null;
    }

    [Fact]
    public async Task Given_a_body_that_names_a_hundred_thousand_things_When_it_is_refused_Then_the_first_is_told_without_a_walk_for_each()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true, scopes: [Tenancy.Scopes.MessageSend]);
        var body = $$"""{"messages":[{{string.Join(',', Enumerable.Repeat("""{"couponId":"CPN"}""", 100_000))}}]}""";
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/validate/push", new StringContent(body, Encoding.UTF8, "application/json")).WaitAsync(TimeSpan.FromSeconds(30));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["details"]![0]!["property"]).ShouldBe("messages[0].couponId");
    }

    [Theory]
    [InlineData("%a\n%b\n", "^a\n^b\n")]
    [InlineData("%a\r\n %b \n%a", "^a\n^b\n^a")]
    [InlineData("6d92078a-8246-4ba4-ae5b-76104861e7dc\n%a", "6d92078a-8246-4ba4-ae5b-76104861e7dc\n^a")]
    [InlineData("", "")]
    public async Task Given_a_file_of_user_ids_When_it_is_uploaded_Then_LINE_gets_its_own_ids_line_by_line(string written, string expected)
    {
        var (shop, module) = await MeetAsync();
        string Fill(string text, char mark, Func<string, string> id) => text.Replace(mark + "a", id("alice"), StringComparison.Ordinal).Replace(mark + "b", id("bob"), StringComparison.Ordinal);
        using var answer = await UploadAsync(module, Fill(written, '%', name => Shop.Seen(gateway, module, shop.User(name))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var sent = gateway.Line.Calls.Single(call => call.Bot == shop.Bot.ToString() && call.Path == UploadPath).Body;
        var file = Regex.Match(sent, "name=\"file\".*?\r\n\r\n(.*?)\r\n--", RegexOptions.Singleline).Groups[1].Value;
        file.ShouldBe(Fill(expected, '^', shop.User));
        sent.ShouldContain("\r\n\r\nvip\u00e9\r\n--");
    }

    [Fact]
    public async Task Given_many_ids_When_they_are_uploaded_Then_each_is_mapped_wherever_the_pieces_end()
    {
        var (shop, module) = await MeetAsync();
        var names = Enumerable.Range(0, 4000).Select(i => i % 3 == 0 ? "bob" : "alice").ToList();
        using var answer = await UploadAsync(module, string.Join('\n', names.Select(name => Shop.Seen(gateway, module, shop.User(name)))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.Single(call => call.Bot == shop.Bot.ToString() && call.Path == UploadPath).Body.ShouldContain(string.Join('\n', names.Select(shop.User)));
    }

    [Fact]
    public async Task Given_one_id_that_is_nobodys_in_a_file_When_it_is_uploaded_Then_the_whole_is_refused_and_LINE_has_no_end_of_it()
    {
        var (shop, module) = await MeetAsync();
        var stranger = await shop.LinkAsync();
        foreach (var id in new[] { Shop.Seen(gateway, module, shop.User("nobody")), Shop.Seen(gateway, stranger, shop.User("alice")), shop.User("alice") })
        {
            using var answer = await UploadAsync(module, string.Join('\n', Enumerable.Repeat(Shop.Seen(gateway, module, shop.User("alice")), 2500).Append(id)));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT");
        }

        gateway.Line.Calls.ShouldNotContain(call => call.Bot == shop.Bot.ToString() && call.Path == UploadPath && call.Body.TrimEnd().EndsWith("--", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"fi\r\nle\"\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "no form at all")]
    [InlineData("multipart/form-data", "--b--")]
    [InlineData("text/plain", "x")]
    public async Task Given_what_is_no_form_When_it_is_uploaded_Then_it_is_refused(string type, string body)
    {
        var (_, module) = await MeetAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await module.RequestAsync(HttpMethod.Post, UploadPath, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_advertisers_ids_in_a_JSON_upload_When_it_is_sent_Then_they_pass_as_they_are()
    {
        var (shop, module) = await MeetAsync();
        const string ad = "6d92078a-8246-4ba4-ae5b-76104861e7dc";
        var body = new { description = "vip", isIfaAudience = true, audiences = new[] { new { id = ad } } };
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/audienceGroup/upload", body)).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldContain(call => call.Bot == shop.Bot.ToString() && call.Body.Contains(ad));
    }

    [Fact]
    public async Task Given_pages_of_audiences_of_many_When_a_module_lists_Then_it_has_pages_and_counts_of_its_own()
    {
        var (shop, module) = await MeetAsync();
        var own = Enumerable.Range(1, 100).Where(id => id % 4 == 0).ToList(); // 25 of 100.
        await PutAsync(module, ThingKind.Audience, own.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        gateway.Line.Answer = call => call.Path != "/v2/bot/audienceGroup/list" ? null : (200, PageOf(call.Query));

        var (_, first) = await module.CallAsync(HttpMethod.Get, "/v2/bot/audienceGroup/list?page=1&description=vip");
        var (_, second) = await module.CallAsync(HttpMethod.Get, "/v2/bot/audienceGroup/list?page=2&size=20");
        first!["audienceGroups"]!.AsArray().Concat(second!["audienceGroups"]!.AsArray()).Select(one => (int)one!["audienceGroupId"]!).ShouldBe(own);
        ((bool)first["hasNextPage"]!, (bool)second["hasNextPage"]!, (int)first["totalCount"]!, (int)first["readWriteAudienceGroupTotalCount"]!, (int)second["page"]!, (int)second["size"]!)
            .ShouldBe((true, false, 25, 13, 2, 20));
        gateway.Line.Calls.Count(call => call.Bot == shop.Bot.ToString() && call.Query.Contains("description=vip")).ShouldBe(3);

        static string PageOf(string query)
        {
            var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
            var (page, size) = (int.Parse(asked["page"]!, System.Globalization.CultureInfo.InvariantCulture), int.Parse(asked["size"]!, System.Globalization.CultureInfo.InvariantCulture));
            var ids = Enumerable.Range(1, 100).Skip((page - 1) * size).Take(size).ToList();
            return new JsonObject
            {
                ["audienceGroups"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["audienceGroupId"] = id, ["permission"] = id % 8 == 0 || id == 4 ? "READ_WRITE" : "READ" })]),
                ["hasNextPage"] = page * size < 100, ["totalCount"] = 100,
            }.ToJsonString();
        }
    }

    [Fact]
    public async Task Given_coupons_of_many_When_a_module_lists_them_Then_it_goes_from_page_to_page_of_its_own_and_ends_with_them()
    {
        var (_, module) = await MeetAsync();
        string[] own = ["c03", "c04", "c17", "c20", "c31"];
        await PutAsync(module, ThingKind.Coupon, own);
        gateway.Line.Answer = call =>
        {
            if (call.Path != "/v2/bot/coupon")
                return null;
            var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(call.Query);
            var from = asked.TryGetValue("start", out var start) ? int.Parse(start!, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var limit = int.Parse(asked["limit"]!, System.Globalization.CultureInfo.InvariantCulture);
            var page = new JsonObject { ["items"] = new JsonArray([.. Enumerable.Range(from, Math.Min(limit, 60 - from)).Select(i => (JsonNode)new JsonObject { ["couponId"] = $"c{i:00}", ["title"] = "t" })]) };
            if (from + limit < 60)
                page["next"] = (from + limit).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return (200, page.ToJsonString());
        };

        var seen = new List<string>();
        var pages = 0;
        for (string? next = "0"; next is not null && pages < 10; pages++)
        {
            var (status, page) = await module.CallAsync(HttpMethod.Get, $"/v2/bot/coupon?limit=2&start={next}");
            status.ShouldBe(HttpStatusCode.OK);
            seen.AddRange(page!["items"]!.AsArray().Select(coupon => (string)coupon!["couponId"]!));
            next = (string?)page["next"];
        }

        seen.ShouldBe(own);
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task Given_two_modules_that_count_in_the_same_unit_When_they_send_Then_LINE_counts_two_and_each_lists_its_own()
    {
        var (shop, one) = await MeetAsync();
        var other = await shop.LinkAsync(scopes: [Tenancy.Scopes.MessageSend, Tenancy.Scopes.MessageReceive, Tenancy.Scopes.MessageNotify]);
        foreach (var module in new[] { one, other })
            (await PushAsync(module, "promo")).ShouldBe(HttpStatusCode.OK);
        await PushAsync(one, "Promo_2");

        var counted = Pushes(shop).Select(call => (string)call.Json["customAggregationUnits"]![0]!).ToList();
        counted.Count.ShouldBe(3);
        counted.ShouldBeUnique();
        counted.ShouldNotContain("promo");
        ((int)(await one.CallAsync(HttpMethod.Get, "/v2/bot/message/aggregation/info")).Body!["numOfCustomAggregationUnits"]!).ShouldBe(2);
        ((int)(await other.CallAsync(HttpMethod.Get, "/v2/bot/message/aggregation/info")).Body!["numOfCustomAggregationUnits"]!).ShouldBe(1);

        var (_, first) = await one.CallAsync(HttpMethod.Get, "/v2/bot/message/aggregation/list?limit=1");
        var (_, second) = await one.CallAsync(HttpMethod.Get, "/v2/bot/message/aggregation/list?limit=1&start=" + first!["next"]);
        first["customAggregationUnits"]!.AsArray().Concat(second!["customAggregationUnits"]!.AsArray()).Select(unit => (string)unit!).Order(StringComparer.Ordinal).ShouldBe(["Promo_2", "promo"]);
        second["next"].ShouldBeNull();

        await gateway.AdvanceAsync(TimeSpan.FromDays(32)); // LINE's month is over.
        ((int)(await one.CallAsync(HttpMethod.Get, "/v2/bot/message/aggregation/info")).Body!["numOfCustomAggregationUnits"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Given_the_share_of_units_When_a_module_sends_in_one_more_Then_it_is_left_out_and_the_message_goes_on()
    {
        var (shop, module) = await MeetAsync(); // 1000 by one module and the next that comes.
        await PutAsync(module, ThingKind.Unit, Enumerable.Range(0, 499).Select(i => $"u{i}"));
        (await PushAsync(module, "last")).ShouldBe(HttpStatusCode.OK);
        (await PushAsync(module, "one_more")).ShouldBe(HttpStatusCode.OK);
        (await PushAsync(module, "last")).ShouldBe(HttpStatusCode.OK);
        Pushes(shop).Select(call => call.Json["customAggregationUnits"]!.AsArray().Count).ShouldBe([1, 0, 1]);
    }

    private IEnumerable<LineCall> Pushes(Shop shop) => gateway.Line.Calls.Where(call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push");

    private async Task<HttpStatusCode> PushAsync(LinkedDouble module, string unit) => (await module.CallAsync(
        HttpMethod.Post, "/v2/bot/message/push", new { to = Shop.Seen(gateway, module, module.Shop.User("alice")), messages = new[] { new { type = "text", text = "hi" } }, customAggregationUnits = new[] { unit } })).Status;

    private async Task<(Shop Shop, LinkedDouble Module)> MeetAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        await shop.WriteAsync("bob", "hello");
        await gateway.RouteAsync();
        return (shop, module);
    }

    private static async Task<HttpResponseMessage> UploadAsync(LinkedDouble module, string file)
    {
        using var form = new MultipartFormDataContent { { new StringContent("vip\u00e9"), "description" }, { new StringContent(file, Encoding.ASCII, "text/plain"), "file", "our ids.txt" } };
        return await module.RequestAsync(HttpMethod.Post, UploadPath, form);
    }

    private Task<bool> PutAsync(LinkedDouble module, ThingKind kind, IEnumerable<string> ids) => gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
    {
        foreach (var id in ids)
            tx.Things.Put(new ThingRow(new ThingKey(ChannelId.Parse(GatewayHost.ModuleChannelId, null), module.Bot, kind, id), module.Linkage, tx.Now));
        return true;
    });
}
