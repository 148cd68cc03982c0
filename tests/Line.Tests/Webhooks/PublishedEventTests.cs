using System.Text.Json.Nodes;
using Line.Tests.Published;
using Line.Webhooks;

namespace Line.Tests.Webhooks;

public sealed class PublishedEventTests
{
    // A word that is an enumeration or the object's own type here.
    private static readonly string[] Typed = ["mode", "type", "result"];

    [DescriptionsFact]
    public void Given_every_event_that_LINE_publishes_with_every_field_When_read_Then_it_is_typed_and_each_field_is_there()
    {
        var description = Description.Of("webhook.yml");
        var kinds = description.Kinds(description.Schema("Event"));
        kinds.Count.ShouldBeGreaterThan(15);
        var lost = new List<string>();
        foreach (var (type, kind) in kinds)
        {
            for (var variant = 0; variant < 7; variant++) // As many as the kind with the most kinds within, message, has.
            {
                var sample = new SampleAnswer(description, variant);
                var json = sample.Of(kind, type).AsObject();
                json["type"] = type;
                var read = WebhookReader.ReadEvent(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));

                read.ShouldNotBeOfType<UnknownEvent>(type);
                if (read is MessageEvent message)
                    message.Message.ShouldNotBeOfType<UnknownContent>(json.ToJsonString());

                var values = PublicValues.Of(read);
                lost.AddRange(sample.Leaves.Where(leaf => !Typed.Contains(leaf.Key.Split('.')[^1]) && !values.Contains(leaf.Value)).Select(leaf => $"{type}: {leaf.Key} = {leaf.Value}"));
            }
        }

        lost.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Given_what_a_person_picked_or_switched_When_read_Then_it_is_typed()
    {
        Postback("""{"date":"2026-06-18"}""").PickedDate.ShouldBe("2026-06-18");
        Postback("""{"time":"06:15"}""").PickedTime.ShouldBe("06:15");
        Postback("""{"datetime":"2026-06-18T06:15"}""").PickedDateTime.ShouldBe("2026-06-18T06:15");
        var switched = Postback("""{"newRichMenuAliasId":"menu-b","status":"SUCCESS"}""");
        (switched.NewRichMenuAliasId, switched.SwitchStatus, switched.PickedDate).ShouldBe(("menu-b", "SUCCESS", null));

        static PostbackEvent Postback(string json) =>
            WebhookReader.ReadEvent(System.Text.Encoding.UTF8.GetBytes($$$"""{"type":"postback","postback":{"data":"d","params":{{{json}}}}}""")).ShouldBeOfType<PostbackEvent>();
    }

    [Fact]
    public void Given_an_event_of_a_kind_that_LINE_adds_later_When_read_Then_it_keeps_every_property()
    {
        const string json = """{"type":"greatNewFeature","mode":"active","sparkle":{"a":[1,2]},"timestamp":1760000000000}""";
        var read = WebhookReader.ReadEvent(System.Text.Encoding.UTF8.GetBytes(json)).ShouldBeOfType<UnknownEvent>();
        JsonNode.DeepEquals(JsonNode.Parse(read.Raw.GetRawText()), JsonNode.Parse(json)).ShouldBeTrue();
    }
}
