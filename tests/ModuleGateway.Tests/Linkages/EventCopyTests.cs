using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Tests.Linkages;

public sealed class EventCopyTests
{
    private const string User = "LU00112233445566778899aabbccddeeff-U0123456789abcdef0123456789abcdef";
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);
    private readonly LinkageIds _ids = new(LinkageId.New(), Bot, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(16));

    [Theory]
    [InlineData("""{"replyToken":"t","type":"message","mode":"active"}""", """{"type":"message","mode":"standby"}""")]
    [InlineData("""{ "replyToken" : "t" , "type":"message","mode":"active"}""", """{ "type":"message","mode":"standby"}""")]
    [InlineData("""{"type":"message","replyToken":"t","mode":"active"}""", """{"type":"message","mode":"standby"}""")]
    [InlineData("""{"type":"message","mode":"active","replyToken":"t"}""", """{"type":"message","mode":"standby"}""")]
    [InlineData("{\n \"type\":\"message\",\n \"mode\":\"active\",\n \"replyToken\":\"t\"\n}", "{\n \"type\":\"message\",\n \"mode\":\"standby\"\n}")]
    [InlineData("""{"type":"message","source":{"type":"x"},"replyToken":"t","mode":"active"}""", """{"type":"message","source":{"type":"x"},"mode":"standby"}""")]
    [InlineData("""{"type":"message"}""", """{"type":"message","mode":"standby"}""")]
    public void Given_a_standby_copy_When_it_is_written_Then_the_reply_token_is_gone_and_all_other_bytes_stay(string original, string expected) =>
        Copy(original, isActive: false, replyToken: null).ShouldBe(expected);

    [Theory]
    [InlineData("""{"replyToken":"t","replyToken":"u","type":"message","mode":"active"}""")]
    [InlineData("""{"replyToken":"t" , "replyToken":"u" , "replyToken":"v","mode":"active"}""")]
    [InlineData("""{"type":"message","replyToken":"t","replyToken":"u","mode":"active"}""")]
    [InlineData("""{"type":"message","replyToken":"t","x":{"y":[1]},"replyToken":"u"}""")]
    public void Given_a_reply_token_that_stands_twice_When_a_standby_copy_is_written_Then_none_is_left_and_it_is_JSON(string original)
    {
        var copy = (JsonObject)JsonNode.Parse(Copy(original, isActive: false, replyToken: null))!;
        copy.ContainsKey("replyToken").ShouldBeFalse();
        ((string?)copy["mode"]).ShouldBe("standby");
    }

    [Theory]
    [InlineData("""{"mode":"standby","replyToken":["a","b"],"type":"message"}""")]
    [InlineData("""{"replyToken":["a","b"],"mode":["c","d"],"type":"message"}""")]
    [InlineData("""{"replyToken":1,"replyToken":"u","type":"message"}""")]
    public void Given_a_token_or_mode_of_another_kind_than_LINEs_When_a_copy_is_written_Then_it_is_JSON(string original) =>
        JsonDocument.Parse(Copy(original, isActive: false, replyToken: null)).RootElement.GetProperty("type").GetString().ShouldBe("message");

    [Theory]
    [InlineData("""{"mode":"standby","source":{"type":"user","userId":"\ud800"}}""")]
    [InlineData("""{"mode":"standby","some":"\ud800 new text of people's that somebody cut in two, longer than an id"}""")]
    public void Given_half_of_a_surrogate_pair_where_an_id_may_stand_When_a_copy_is_written_Then_it_is_JSON(string original) =>
        JsonNode.Parse(Copy(original, isActive: false, replyToken: null)).ShouldNotBeNull();

    [Fact]
    public void Given_an_active_copy_When_it_is_written_Then_our_token_stands_where_LINEs_stood() =>
        Copy("""{"type":"message","replyToken":"line's","mode":"active","n":1.50e3}""", isActive: true, replyToken: "ours")
            .ShouldBe("""{"type":"message","replyToken":"ours","mode":"active","n":1.50e3}""");

    [Theory]
    [InlineData("""{"mode":"standby","some":{"new":["%"]}}""")]
    [InlineData("""{"mode":"standby","source":{"userId":"%"}}""")]
    [InlineData("""{"mode":"standby","joined":{"members":[{"type":"user","userId":"%"}]}}""")]
    [InlineData("""{"mode":"standby","a":{"b":{"c":[{"d":"%"},"%"]}}}""")]
    [InlineData("""{"mode":"standby","members":{"%":{"%":"%"}},"%":1}""")]
    public void Given_an_id_in_a_known_or_unknown_place_When_a_copy_is_written_Then_it_is_the_modules_id(string shape)
    {
        var seen = _ids.ToText(UpstreamId.Read(IdKind.User, Encoding.ASCII.GetBytes(User), Bot));
        Copy(shape.Replace("%", User), isActive: false, replyToken: null).ShouldBe(shape.Replace("%", seen));
    }

    [Fact]
    public void Given_an_id_with_escapes_When_a_copy_is_written_Then_it_is_mapped_all_the_same()
    {
        var escaped = User.Replace("L", "\\u004c");
        Copy("""{"mode":"standby","source":{"userId":"%"}}""".Replace("%", escaped), false, null).ShouldNotContain("00112233445566778899aabbccddeeff");
    }

    [Theory]
    [InlineData("""{"mode":"standby","message":{"type":"text","text":"%"}}""")]
    [InlineData("""{"mode":"standby","postback":{"data":"%"}}""")]
    public void Given_peoples_or_modules_own_text_When_a_copy_is_written_Then_it_is_left_alone(string shape) =>
        Copy(shape.Replace("%", User), false, null).ShouldBe(shape.Replace("%", User));

    [Fact]
    public void Given_the_bots_own_id_When_a_copy_is_written_Then_it_is_left_alone()
    {
        var original = """{"mode":"standby","message":{"mention":{"mentionees":[{"userId":"%","isSelf":true}]}},"module":{"botId":"%"}}""".Replace("%", Bot.ToString());
        Copy(original, false, null).ShouldBe(original);
    }

    [Fact]
    public void Given_random_events_When_copies_are_written_Then_they_are_JSON_and_equal_but_for_ids_mode_and_token()
    {
        var random = new Random(20_261_122);
        for (var i = 0; i < 2000; i++)
        {
            var original = Generate(random);
            var copy = (JsonObject)JsonNode.Parse(Copy(original.ToJsonString(), isActive: true, replyToken: "ours"))!;
            copy.ToJsonString().ShouldNotContain("00112233445566778899aabbccddeeff");
            Restore(copy).ToJsonString().ShouldBe(Restore(original).ToJsonString());
        }
    }

    private static JsonObject Generate(Random random)
    {
        var properties = new List<KeyValuePair<string, JsonNode?>>
        {
            new("type", "message"), new("mode", random.Next(2) == 0 ? "active" : "standby"), new("source", new JsonObject { ["type"] = "user", ["userId"] = User }),
            new("message", new JsonObject { ["text"] = "嗨 \" \\ \u2028", ["n"] = random.NextDouble() }), new("x" + random.Next(9), new JsonArray(User, 1, null, true, new JsonObject { ["y"] = User })),
        };
        if (random.Next(2) == 0)
            properties.Add(new("replyToken", "line's"));
        if (random.Next(2) == 0)
            properties.Add(new("deliveryContext", new JsonObject { ["isRedelivery"] = false }));
        var shuffled = properties.ToArray();
        random.Shuffle(shuffled);
        return new JsonObject(shuffled);
    }

    /// <summary>Puts one word in place of what may differ.</summary>
    private JsonObject Restore(JsonObject @event)
    {
        var seen = _ids.ToText(UpstreamId.Read(IdKind.User, Encoding.ASCII.GetBytes(User), Bot));
        var same = (JsonObject)JsonNode.Parse(@event.ToJsonString().Replace(seen, User))!;
        same["mode"] = "m";
        if (same.ContainsKey("replyToken"))
            same["replyToken"] = "r";
        return same;
    }

    private string Copy(string original, bool isActive, string? replyToken)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCopy.Write(Encoding.UTF8.GetBytes(original), new CopyTerms(_ids, isActive, replyToken, IsRedelivery: false), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
