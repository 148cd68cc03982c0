using System.Text;
using System.Text.Json;

namespace Line.Tests.Ids;

public sealed class IdTests
{
    private static readonly Random Dice = new(20260801);

    [Fact]
    public void Given_any_bits_When_a_BotId_is_formatted_and_parsed_Then_it_is_the_same_bot()
    {
        Span<byte> utf8 = stackalloc byte[BotId.Length];
        for (var i = 0; i < 1000; i++)
        {
            var bits = new UInt128((ulong)Dice.NextInt64(), (ulong)Dice.NextInt64() | 1);
            var bot = BotId.FromBits(bits);

            BotId.Parse(bot.ToString()).Bits.ShouldBe(bits);
            bot.TryFormat(utf8).ShouldBeTrue();
            Encoding.ASCII.GetString(utf8).ShouldBe(bot.ToString());
            BotId.TryParse(utf8, out var parsed).ShouldBeTrue();
            parsed.ShouldBe(bot);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("U")]
    [InlineData("U00000000000000000000000000000000")]
    [InlineData("Cab012345678901234567890123456789")]
    [InlineData("UAB012345678901234567890123456789")]
    [InlineData("Uab01234567890123456789012345678")]
    [InlineData("Uab0123456789012345678901234567890")]
    [InlineData("Uab01234567890123456789012345678g")]
    [InlineData("Uab01234567890123456789012345678\u0669")]
    public void Given_text_that_is_no_Bot_ID_When_parsed_Then_it_is_refused(string? text) =>
        BotId.TryParse(text, null, out _).ShouldBeFalse();

    [Theory]
    [InlineData("U012345678901234567890123456789ab")]
    [InlineData("LU012345678901234567890123456789ab-Uab012345678901234567890123456789")]
    [InlineData("u206d25c2ea6bd87c17655609a1c37cb8")]
    public void Given_a_user_id_of_a_shape_that_LINE_sends_When_parsed_Then_it_is_taken_as_it_is(string text) =>
        UserId.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("..")]
    [InlineData("a\r\nX-Header: 1")]
    [InlineData("ä")]
    public void Given_text_that_could_break_a_path_or_a_header_When_parsed_as_any_id_Then_it_is_refused(string text)
    {
        UserId.TryParse(text, null, out _).ShouldBeFalse();
        GroupId.TryParse(text, null, out _).ShouldBeFalse();
        RoomId.TryParse(text, null, out _).ShouldBeFalse();
        ChatId.TryParse(text, null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Given_more_than_128_characters_When_parsed_as_a_user_id_Then_it_is_refused()
    {
        UserId.TryParse(new string('a', 128), null, out _).ShouldBeTrue();
        UserId.TryParse(new string('a', 129), null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Given_an_id_in_a_path_When_parsed_as_a_chat_Then_its_first_letter_tells_the_kind()
    {
        ChatId.Parse("C012345678901234567890123456789ab").Kind.ShouldBe(ChatKind.Group);
        ChatId.Parse("R012345678901234567890123456789ab").Kind.ShouldBe(ChatKind.Room);
        ChatId.Parse("U012345678901234567890123456789ab").Kind.ShouldBe(ChatKind.User);
        ChatId.Parse("LU012345678901234567890123456789ab-Uab012345678901234567890123456789").User.ShouldNotBeNull();
    }

    [Fact]
    public void Given_a_user_and_a_group_of_the_same_text_When_compared_as_chats_Then_they_differ() =>
        ChatId.Of(UserId.Parse("C1")).ShouldNotBe(ChatId.Of(GroupId.Parse("C1")));

    [Fact]
    public void Given_ids_in_a_record_When_written_to_JSON_and_back_Then_they_are_plain_text_and_the_same()
    {
        var ids = new Ids(BotId.Parse("Uab012345678901234567890123456789"), UserId.Parse("U1"), ChatId.Parse("C1"), ChannelId.Parse("1234567890"));
        var json = JsonSerializer.Serialize(ids);
        json.ShouldBe("""{"Bot":"Uab012345678901234567890123456789","User":"U1","Chat":"C1","Channel":"1234567890"}""");
        JsonSerializer.Deserialize<Ids>(json).ShouldBe(ids);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Ids>("""{"Bot":"nobody"}"""));
    }

    [Fact]
    public void Given_default_ids_When_asked_for_their_text_Then_they_refuse_to_name_anything()
    {
        Should.Throw<InvalidOperationException>(() => default(BotId).ToString());
        Should.Throw<InvalidOperationException>(() => default(UserId).ToString());
        Should.Throw<InvalidOperationException>(() => default(ChatId).ToString());
    }

    private sealed record Ids(BotId Bot, UserId User, ChatId Chat, ChannelId Channel);
}
