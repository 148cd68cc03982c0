using System.Net;
using System.Text.Json;
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
        { """{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"t","actions":[{"type":"message","label":"a","text":"a"}]},{"title":"t","text":"t","actions":[{"type":"message","label":"a","text":"a"}]}]}}""", "messages[0].template.columns", "must have the same number of actions, and the same of title and image, in all columns" },
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
        """{"type":"flex","altText":"a","contents":{"type":"bubble"}}""",
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

    private static async Task<ApiAnswer> SendAsync(Shop shop, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);
        using var response = await shop.Host.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }
}
