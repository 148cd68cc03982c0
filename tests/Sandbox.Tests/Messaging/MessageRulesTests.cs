using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class MessageRulesTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"type":"text"}""", "messages[0].text", "May not be empty" },
        { """{"type":"text","text":""}""", "messages[0].text", "May not be empty" },
        { $$"""{"type":"text","text":"{{new string('x', 5001)}}"}""", "messages[0].text", "Length must be between 0 and 5000" },
        { """{"type":"poem","text":"x"}""", "messages[0].type", "Must be one of the following values: [text, textV2, sticker, image, video, audio, location, imagemap, template, flex, coupon]" },
        { """{"text":"x"}""", "messages[0].type", "May not be empty" },
        { """{"type":"sticker","packageId":"one","stickerId":"1"}""", "messages[0].packageId", "invalid property" },
        { """{"type":"image","originalContentUrl":"http://pictures.example/a.png","previewImageUrl":"https://pictures.example/a.png"}""", "messages[0].originalContentUrl", "invalid uri" },
        { """{"type":"location","title":"t","address":"a","latitude":91,"longitude":0}""", "messages[0].latitude", "Must be between -90 and 90" },
        { """{"type":"location","title":"t","address":"a","longitude":0}""", "messages[0].latitude", "must be specified" },
        { """{"type":"template","altText":"a","template":{"type":"confirm","text":"t","actions":[{"type":"message","label":"a","text":"a"}]}}""", "messages[0].template.actions", "Size must be between 2 and 2" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"postback","label":"a"}]}}""", "messages[0].template.actions[0].data", "May not be empty" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"uri","label":"a","uri":"javascript:alert(1)"}]}}""", "messages[0].template.actions[0].uri", "invalid uri" },
        { $$$"""{"type":"template","altText":"a","template":{"type":"buttons","title":"t","text":"{{{new string('字', 61)}}}","actions":[{"type":"message","label":"a","text":"a"}]}}""", "messages[0].template.text", "Length must be between 0 and 60" },
        { """{"type":"text","text":"hello","emojis":[{"index":0,"productId":"p","emojiId":"001"}]}""", "messages[0].emojis[0].index", "invalid property" },
        { """{"type":"template","altText":"a","template":{"type":"image_carousel","columns":[{"imageUrl":"https://pictures.example/a.png","action":{}}]}}""", "messages[0].template.columns[0].action.type", "May not be empty" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","imageSize":"stretch","actions":[{"type":"message","label":"a","text":"a"}]}}""", "messages[0].template.imageSize", "Must be one of the following values: [cover, contain]" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","imageBackgroundColor":"red","actions":[{"type":"message","label":"a","text":"a"}]}}""", "messages[0].template.imageBackgroundColor", "invalid property" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"camera","label":"a"}]}}""", "messages[0].template.actions[0].type", "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard]" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"richmenuswitch","label":"a","richMenuAliasId":"a","data":"d"}]}}""", "messages[0].template.actions[0].type", "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard]" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"postback","label":"a","data":"d","fillInText":"x"}]}}""", "messages[0].template.actions[0].fillInText", "can be specified with inputOption openKeyboard only" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"postback","label":"a","data":"d","displayText":"x","text":"y"}]}}""", "messages[0].template.actions[0].text", "cannot be specified together with displayText" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"postback","label":"a","data":"d","inputOption":"openDoor"}]}}""", "messages[0].template.actions[0].inputOption", "Must be one of the following values: [closeRichMenu, openRichMenu, openKeyboard, openVoice]" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"datetimepicker","label":"a","data":"d","mode":"week"}]}}""", "messages[0].template.actions[0].mode", "Must be one of the following values: [date, time, datetime]" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"datetimepicker","label":"a","data":"d","mode":"date","min":"2026-02-30"}]}}""", "messages[0].template.actions[0].min", "invalid property" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"datetimepicker","label":"a","data":"d","mode":"date","min":"2026-02-02","max":"2026-02-02"}]}}""", "messages[0].template.actions[0].max", "must be later than min" },
        { """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"datetimepicker","label":"a","data":"d","mode":"time","initial":"10:00","max":"09:00"}]}}""", "messages[0].template.actions[0].initial", "must be between min and max" },
        { $$$"""{"type":"template","altText":"a","template":{"type":"image_carousel","columns":[{"imageUrl":"https://pictures.example/a.png","action":{"type":"message","label":"{{{new string('x', 13)}}}","text":"a"}}]}}""", "messages[0].template.columns[0].action.label", "Length must be between 0 and 12" },
        { $$$"""{"type":"template","altText":"a","template":{"type":"confirm","text":"{{{new string('字', 241)}}}","actions":[{"type":"message","label":"a","text":"a"},{"type":"message","label":"b","text":"b"}]}}""", "messages[0].template.text", "Length must be between 0 and 240" },
        { """{"type":"text","text":"hello $","emojis":[{"index":6,"emojiId":"001"}]}""", "messages[0].emojis[0].productId", "May not be empty" },
        { """{"type":"textV2","text":"{name} is here"}""", "messages[0].substitution", "'name' must be specified" },
        { """{"type":"textV2","text":"a {b"}""", "messages[0].text", "braces must be paired; write {{ and }} for the braces themselves" },
        { """{"type":"textV2","text":"{a}","substitution":{"a":{"type":"sticker"}}}""", "messages[0].substitution['a'].type", "Must be one of the following values: [mention, emoji]" },
        { """{"type":"textV2","text":"{a}","substitution":{"a":{"type":"mention","mentionee":{"type":"user"}}}}""", "messages[0].substitution['a'].mentionee.userId", "May not be empty" },
        { """{"type":"video","originalContentUrl":"https://v.example/a.mp4","previewImageUrl":"https://v.example/a.png","trackingId":"a b"}""", "messages[0].trackingId", "invalid property" },
        { """{"type":"audio","originalContentUrl":"https://v.example/a.m4a","duration":0}""", "messages[0].duration", "Must be between 1 and 2147483647" },
        { """{"type":"imagemap","baseUrl":"https://p.example/map","altText":"a","baseSize":{"width":1024,"height":700},"actions":[]}""", "messages[0].baseSize.width", "Must be between 1040 and 1040" },
        { """{"type":"imagemap","baseUrl":"https://p.example/map","altText":"a","baseSize":{"width":1040,"height":700},"actions":[{"type":"uri","linkUri":"javascript:x","area":{"x":0,"y":0,"width":1,"height":1}}]}""", "messages[0].actions[0].linkUri", "invalid uri" },
        { """{"type":"imagemap","baseUrl":"https://p.example/map","altText":"a","baseSize":{"width":1040,"height":700},"actions":[{"type":"message","text":"t","area":{"x":0,"y":0,"width":0,"height":1}}]}""", "messages[0].actions[0].area.width", "Must be between 1 and 2147483647" },
        { """{"type":"coupon","couponId":"c","deliveryTag":"with space"}""", "messages[0].deliveryTag", "invalid property" },
        { """{"type":"text","text":"x","sender":{"name":"LINE official"}}""", "messages[0].sender.name", "invalid property" },
        { """{"type":"text","text":"x","sender":{"iconUrl":"http://p.example/i.png"}}""", "messages[0].sender.iconUrl", "invalid uri" },
        { """{"type":"flex","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[]}}}""", "messages[0].altText", "May not be empty" },
        { """{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"message","label":"a label that is much too long","text":"a"}}]}}""", "messages[0].quickReply.items[0].action.label", "Length must be between 0 and 20" },
    };

    public static TheoryData<string> Right => new()
    {
        """{"type":"text","text":"x"}""",
        """{"type":"text","text":"a $","emojis":[{"index":2,"productId":"p","emojiId":"001"}]}""",
        """{"type":"template","altText":"a","template":{"type":"image_carousel","columns":[{"imageUrl":"https://pictures.example/a.png","action":{"type":"uri","uri":"https://a.example"}}]}}""",
        """{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"t","actions":[{"type":"message","label":"a","text":"a"}]},{"text":"u","actions":[{"type":"message","label":"a","text":"a"}]}]}}""",
        """{"type":"sticker","packageId":"446","stickerId":"1988"}""",
        """{"type":"image","originalContentUrl":"http://127.0.0.1:1/a.png","previewImageUrl":"https://pictures.example/a.png"}""",
        """{"type":"template","altText":"a","template":{"type":"buttons","text":"t","actions":[{"type":"postback","label":"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦","data":"d"},{"type":"uri","label":"u","uri":"tel:0212345678"}]}}""",
        """{"type":"template","altText":"a","template":{"type":"confirm","text":"t","actions":[{"type":"message","label":"a","text":"a"},{"type":"message","label":"b","text":"b"}]}}""",
        """{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"location","label":"Where"}}]}}""",
        """{"type":"template","altText":"a","template":{"type":"buttons","title":null,"text":"t","defaultAction":{"type":"uri","uri":"https://a.example"},"imageAspectRatio":"square","imageSize":"contain","imageBackgroundColor":"#a0B1c2","actions":[{"type":"datetimepicker","label":"when","data":"d","mode":"datetime","initial":"2026-12-01t10:00","min":"2026-11-01T00:00","max":"2027-01-01T00:00"},{"type":"clipboard","label":"copy","clipboardText":"ABC"},{"type":"postback","label":"say","data":"d","inputOption":"openKeyboard","fillInText":"hello"},{"type":"uri","label":"u","uri":"line://nv/chat","altUri":{"desktop":"https://a.example"}}]}}""",
        """{"type":"textV2","text":"{{ok}} {smile}","substitution":{"smile":{"type":"emoji","productId":"p","emojiId":"001"}}}""",
        """{"type":"video","originalContentUrl":"https://v.example/a.mp4","previewImageUrl":"https://v.example/a.png","trackingId":"a-1.=,+*()%$&;:@{}!?<>[]"}""",
        """{"type":"audio","originalContentUrl":"https://v.example/a.m4a","duration":1}""",
        """{"type":"imagemap","baseUrl":"https://p.example/map","altText":"a","baseSize":{"width":1040,"height":700},"actions":[{"type":"uri","linkUri":"https://a.example","area":{"x":0,"y":0,"width":520,"height":700}},{"type":"message","text":"hi","label":"say hi","area":{"x":520,"y":0,"width":520,"height":350}},{"type":"clipboard","clipboardText":"code","area":{"x":520,"y":350,"width":520,"height":350}}],"video":{"originalContentUrl":"https://v.example/a.mp4","previewImageUrl":"https://v.example/a.png","area":{"x":0,"y":0,"width":10,"height":10},"externalLink":{"linkUri":"https://a.example","label":"more"}}}""",
        """{"type":"imagemap","baseUrl":"https://p.example/map","altText":"a","baseSize":{"width":1040,"height":1},"actions":[]}""",
        """{"type":"coupon","couponId":"01ABC","deliveryTag":"spring_1"}""",
        """{"type":"text","text":"x","sender":{"name":"Online shop","iconUrl":"https://p.example/i.png"}}""",
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Given_a_wrong_message_When_it_is_validated_Then_400_names_the_property_and_the_fault(string message, string property, string fault)
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await shop.PostAsync("/v2/bot/message/validate/push", new { messages = new[] { JsonSerializer.Deserialize<JsonElement>(message) } });

        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "The request body has 1 error(s)");
        var detail = answer.Json.GetProperty("details")[0];
        detail.GetProperty("property").GetString().ShouldBe(property);
        detail.GetProperty("message").GetString().ShouldBe(fault);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Given_a_right_message_When_it_is_validated_Then_200(string message)
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await shop.PostAsync("/v2/bot/message/validate/reply", new { messages = new[] { JsonSerializer.Deserialize<JsonElement>(message) } });

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Text.ShouldBe("{}");
    }

    [Fact]
    public async Task Given_a_carousel_whose_columns_are_not_alike_When_it_is_validated_Then_the_message_as_a_whole_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host);
        var message = JsonSerializer.Deserialize<JsonElement>("""{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"t","actions":[{"type":"message","label":"a","text":"a"}]},{"title":"t","text":"t","actions":[{"type":"message","label":"a","text":"a"}]}]}}""");

        var answer = await shop.PostAsync("/v2/bot/message/validate/push", new { messages = new[] { message } });

        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "A message (messages[0]) in the request body is invalid");
    }

    [Fact]
    public async Task Given_mentions_play_counts_and_quotes_When_the_chat_is_not_one_for_them_Then_the_push_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host);
        var group = await host.PostAsync("/phone/api/groups", new { name = "g", members = new[] { shop.PersonId }, botId = shop.BotId });
        var mention = """{"type":"textV2","text":"{all}!","substitution":{"all":{"type":"mention","mentionee":{"type":"all"}}}}""";
        var video = """{"type":"video","originalContentUrl":"https://v.example/a.mp4","previewImageUrl":"https://v.example/a.png","trackingId":"a"}""";

        (await PushAsync(await shop.UserIdAsync(), mention)).Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe("messages[0].substitution['all']");
        (await PushAsync(group.GetProperty("lineId").GetString()!, mention)).Status.ShouldBe(HttpStatusCode.OK);
        (await PushAsync(await shop.UserIdAsync(), video)).Status.ShouldBe(HttpStatusCode.OK);
        (await PushAsync(group.GetProperty("lineId").GetString()!, video)).Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe("messages[0].trackingId");
        (await PushAsync(await shop.UserIdAsync(), """{"type":"text","text":"x","quoteToken":"nobody-issued-this"}""")).Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe("messages[0].quoteToken");

        Task<ApiAnswer> PushAsync(string to, string message) => shop.PostAsync("/v2/bot/message/push", new { to, messages = new[] { JsonSerializer.Deserialize<JsonElement>(message) } });
    }

    [Fact]
    public async Task Given_right_messages_When_any_one_value_in_them_is_replaced_by_another_kind_Then_the_answer_is_never_500()
    {
        await using var shop = await Shop.OpenAsync(host);
        var token = await shop.TokenAsync();
        var group = await host.PostAsync("/phone/api/groups", new { name = "g", members = new[] { shop.PersonId }, botId = shop.BotId });
        var to = group.GetProperty("lineId").GetString();
        var seen = 0;

        foreach (var message in (string[])[.. Right, .. FlexRulesTests.Right])
        {
            foreach (var broken in Broken(JsonNode.Parse(message)!))
            {
                var answer = await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/push", new { to, messages = new[] { broken } }, token: token);
                ((int)answer.Status).ShouldBeOneOf([200, 400, 403], $"{broken.ToJsonString()}: {answer.Text}");
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(500);
    }

    /// <summary>The message with each of its values in turn replaced by other kinds of values.</summary>
    private static IEnumerable<JsonNode> Broken(JsonNode message)
    {
        foreach (var path in Paths(message, []))
        {
            foreach (var instead in (string[])["null", "[]", "{}", "-1.5", "\"\"", "true", "[[]]"])
            {
                var copy = message.DeepClone();
                var parent = path[..^1].Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
                if (path[^1] is int at)
                    parent[at] = JsonNode.Parse(instead);
                else
                    parent[(string)path[^1]] = JsonNode.Parse(instead);
                yield return copy;
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        if (path.Length > 0)
            yield return path;
        var inner = node switch
        {
            JsonObject one => one.Select(pair => (Key: (object)pair.Key, Value: pair.Value)),
            JsonArray many => many.Select((value, index) => (Key: (object)index, Value: value)),
            _ => [],
        };
        foreach (var deeper in inner.SelectMany(pair => Paths(pair.Value, [.. path, pair.Key])))
            yield return deeper;
    }

    [Fact]
    public async Task Given_no_message_or_six_When_they_are_validated_Then_the_size_is_refused()
    {
        await using var shop = await Shop.OpenAsync(host);
        var six = Enumerable.Repeat(new { type = "text", text = "x" }, 6);

        foreach (var messages in new object[] { Array.Empty<object>(), six })
        {
            var answer = await shop.PostAsync("/v2/bot/message/validate/push", new { messages });
            answer.Json.GetProperty("details")[0].GetProperty("message").GetString().ShouldBe("Size must be between 1 and 5");
            answer.Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe("messages");
        }
    }

    [Fact]
    public async Task Given_bodies_that_cannot_be_read_When_they_are_sent_Then_LINEs_texts_say_why()
    {
        await using var shop = await Shop.OpenAsync(host);
        const string Path = "/v2/bot/message/validate/push";

        (await SendAsync(shop, Path, new StringContent("{\"messages\":\n [}", null, "application/json"))).ShouldBeRefused(HttpStatusCode.BadRequest, "The request body could not be parsed as JSON (line: 2, column: 3)");
        (await SendAsync(shop, Path, new StringContent("{}", null, "text/plain"))).ShouldBeRefused(HttpStatusCode.BadRequest, "The content type, text/plain; charset=utf-8, is not supported");
        (await SendAsync(shop, Path, new ByteArrayContent(new byte[2 * 1024 * 1024 + 1]))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await shop.PostAsync(Path, new { messages = "text" })).ShouldBeRefused(HttpStatusCode.BadRequest, "The property, 'messages', in the request body is invalid (line: -, column: -)");
    }

    [Fact]
    public async Task Given_options_that_LINE_would_not_take_When_a_push_is_sent_Then_it_is_refused_and_nobody_gets_it()
    {
        await using var shop = await Shop.OpenAsync(host);
        var messages = new[] { new { type = "text", text = "x" } };

        (await shop.PostAsync("/v2/bot/message/push", new { to = "x", messages, notificationDisabled = "yes" }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "The property, 'notificationDisabled', in the request body is invalid (line: -, column: -)");
        foreach (var units in new string[][] { ["a", "b"], ["a-b"] })
            (await shop.PostAsync("/v2/bot/message/push", new { to = "x", messages, customAggregationUnits = units })).ShouldBeRefused(HttpStatusCode.BadRequest, "The request body has 1 error(s)");
        (await shop.PostAsync("/v2/bot/message/push", new { to = "x", messages, notificationDisabled = true, customAggregationUnits = new[] { "campaign_1" } }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "Failed to send messages");
    }

    [Fact]
    public async Task Given_properties_that_are_null_When_a_message_is_sent_Then_they_are_read_as_left_out_and_it_arrives_once()
    {
        await using var shop = await Shop.OpenAsync(host);
        await shop.FollowAsync();
        var body = $$"""{"to":"{{await shop.UserIdAsync()}}","messages":[{"type":"text","text":"nothing else","quickReply":null,"sender":null}],"notificationDisabled":null,"customAggregationUnits":null}""";

        (await SendAsync(shop, "/v2/bot/message/push", new StringContent(body, null, "application/json"))).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.MessagesAsync()).Count(message => message.GetRawText().Contains("nothing else", StringComparison.Ordinal)).ShouldBe(1);
        (await shop.PostAsync("/v2/bot/chat/loading/start", new { chatId = await shop.UserIdAsync(), loadingSeconds = (int?)null })).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Given_half_a_character_or_bytes_that_are_no_text_When_they_are_sent_Then_400_says_so_and_never_500()
    {
        await using var shop = await Shop.OpenAsync(host);
        const string Unreadable = "The request body could not be parsed as JSON (line: 1, column: 1)";
        byte[] latin1 = [.. """{"to":"x","messages":[{"type":"text","text":"caf"""u8, 0xe9, .. "\"}]}"u8];

        foreach (var half in (string[])["""{"to":"\ud800","messages":[{"type":"text","text":"x"}]}""", """{"to":"x","messages":[{"type":"text","text":"x\udc00"}]}""", """{"\ud800":1}"""])
            (await SendAsync(shop, "/v2/bot/message/push", new StringContent(half, null, "application/json"))).ShouldBeRefused(HttpStatusCode.BadRequest, Unreadable);
        (await SendAsync(shop, "/v2/bot/message/push", new ByteArrayContent(latin1) { Headers = { ContentType = new("application/json") } })).ShouldBeRefused(HttpStatusCode.BadRequest, Unreadable);
    }

    private static async Task<ApiAnswer> SendAsync(Shop shop, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);
        using var response = await shop.Host.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }
}
