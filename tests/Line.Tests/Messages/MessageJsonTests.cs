using System.Text.Json;
using System.Text.Json.Nodes;
using Line.Tests.Published;

namespace Line.Tests.Messages;

public sealed class MessageJsonTests
{
    // Not typed on purpose: what only a rich menu may hold, and a schema that nothing points at.
    private static readonly string[] Elsewhere = ["RichMenuSwitchAction."];

    [DescriptionsFact]
    public void Given_every_message_with_every_property_When_written_Then_LINEs_description_knows_all_of_it_and_nothing_is_left_out()
    {
        var description = Description.Of("messaging-api.yml");
        var check = new SchemaCheck(description);
        foreach (var message in EveryMessage.All)
            check.Check(description.Schema("Message"), JsonDocument.Parse(message.ToJson()).RootElement, message.Type);

        check.Problems.ShouldBeEmpty();
        var missing = check.Reachable("Message").Except(check.Met).Where(property => !Elsewhere.Any(other => property.StartsWith(other, StringComparison.Ordinal)));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Given_every_message_When_read_from_its_JSON_Then_it_is_typed_and_writes_the_same_JSON_again()
    {
        foreach (var message in EveryMessage.All)
        {
            var json = message.ToJson();
            var read = LineMessage.Parse(json);
            read.GetType().ShouldBe(message.GetType());
            read.ToJson().ShouldBe(json);
            json.ShouldStartWith($$"""{"type":"{{message.Type}}",""");
            Raws(read).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Given_kinds_and_properties_that_LINE_adds_later_When_read_and_written_Then_nothing_is_lost()
    {
        string[] later =
        [
            """{"type":"hologram","depth":3,"sender":{"name":"May"}}""",
            """{"type":"text","text":"hi","sparkle":{"colour":"gold"}}""",
            """{"type":"text","text":"hi","quickReply":{"items":[{"type":"action","action":{"type":"fingerprint","label":"F","finger":2}}]}}""",
            """{"type":"template","altText":"a","template":{"type":"wheel","spokes":5}}""",
            """{"type":"template","altText":"a","template":{"type":"confirm","text":"?","actions":[{"type":"message","text":"y","label":"Y","tone":"loud"},{"type":"message","text":"n","label":"N"}],"mood":"good"}}""",
            """{"type":"flex","altText":"a","contents":{"type":"bubble","body":{"type":"box","layout":"diagonal","contents":[{"type":"map","zoom":3},{"type":"text","text":"t","glow":true}]},"shadow":1}}""",
            """{"type":"flex","altText":"a","contents":{"type":"sphere","radius":2}}""",
            """{"type":"textV2","text":"{a}","substitution":{"a":{"type":"clock","zone":"JST"},"b":{"type":"mention","mentionee":{"type":"admins"}}}}""",
            """{"type":"imagemap","baseUrl":"https://a.example/","altText":"a","baseSize":{"width":1040,"height":10},"actions":[{"type":"sing","area":{"x":1,"y":2,"width":3,"height":4}}]}""",
        ];
        foreach (var json in later)
            JsonNode.DeepEquals(JsonNode.Parse(LineMessage.Parse(json).ToJson()), JsonNode.Parse(json)).ShouldBeTrue($"{json} became {LineMessage.Parse(json).ToJson()}");
    }

    [Fact]
    public void Given_any_serializer_options_of_the_caller_When_a_message_is_written_within_something_else_Then_it_is_still_LINEs_JSON() =>
        JsonSerializer.Serialize(new { Draft = (LineMessage)new TextMessage("hi") { QuoteToken = "q" } }).ShouldBe("""{"Draft":{"type":"text","text":"hi","quoteToken":"q"}}""");

    [Fact]
    public void Given_half_a_surrogate_pair_in_a_text_When_read_Then_it_is_replaced() =>
        LineMessage.Parse("""{"type":"text","text":"a\ud83d!"}""").ShouldBeOfType<TextMessage>().Text.ShouldBe("a\uFFFD!");

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"type":"text","text":7}""")]
    [InlineData("""{"type":"flex","altText":"a","contents":[]}""")]
    public void Given_what_is_no_message_When_read_Then_that_is_said(string json) => Should.Throw<JsonException>(() => LineMessage.Parse(json));

    [Fact]
    public void Given_the_builder_of_texts_When_braces_people_and_emoji_are_written_Then_braces_are_escaped_and_keys_given()
    {
        var message = new TextMessageV2Builder().Text("{a} ").Mention(UserId.Parse("U1")).Text("!").Build();
        message.Text.ShouldBe("{{a}} {k0}!");
        message.Substitution!["k0"].ShouldBe(new MentionSubstitution(new UserMentionTarget(UserId.Parse("U1"))));
        new TextMessageV2Builder().Text("x").Build().Substitution.ShouldBeNull();
    }

    [Fact]
    public void Given_the_short_words_for_Flex_When_a_bubble_is_written_Then_it_is_the_bubble_that_LINE_reads()
    {
        var message = Flex.Message("Your table", Flex.Bubble(
            body: Flex.Vertical(Flex.Text("Table").Bold().Sized(FlexLength.Xl), Flex.Separator(), Flex.Text("Saturday").Coloured("#555555").Wrapping()).Spaced(FlexLength.Md),
            footer: Flex.Vertical(Flex.Button(new PostbackAction("Cancel", "c=1"), FlexButtonStyle.Secondary))));

        message.ToJson().ShouldBe("""{"type":"flex","altText":"Your table","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"Table","size":"xl","weight":"bold"},{"type":"separator"},{"type":"text","text":"Saturday","color":"#555555","wrap":true}],"spacing":"md"},"footer":{"type":"box","layout":"vertical","contents":[{"type":"button","action":{"type":"postback","data":"c=1","label":"Cancel"},"style":"secondary"}]}}}""");
        LineLimits.Check([message]).ShouldBeEmpty();
    }

    private static List<string> Raws(object? value)
    {
        var found = new List<string>();
        Walk(value, "");
        return found;

        void Walk(object? part, string at)
        {
            if (part is null or string or Uri || part.GetType().IsValueType)
                return;

            if (part.GetType().Name.StartsWith("Raw", StringComparison.Ordinal))
                found.Add(at);

            if (part is System.Collections.IEnumerable list)
            {
                foreach (var item in list)
                    Walk(item, $"{at}[]");

                return;
            }

            foreach (var property in part.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
            {
                if (property.Name == "More")
                    property.GetValue(part).ShouldBeNull($"{at} read nothing as unknown");
                else
                    Walk(property.GetValue(part), $"{at}.{property.Name}");
            }
        }
    }
}
