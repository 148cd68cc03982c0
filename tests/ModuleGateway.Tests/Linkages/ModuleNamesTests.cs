using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Tests.Linkages;

public sealed partial class ModuleNamesTests
{
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);
    private readonly LinkageIds _ids = Fresh();
    private readonly LinkageIds _others = Fresh();

    [Theory]
    [InlineData(NameKind.Alias, "abcdefghijklmnopqrstuvwxyz0123456789_-", 32)]
    [InlineData(NameKind.Unit, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", 30)]
    internal void Given_names_of_every_length_When_they_are_mapped_Then_LINE_may_keep_them_they_map_back_and_no_two_are_equal(NameKind kind, string letters, int lengthMax)
    {
        var given = Enumerable.Range(1, lengthMax)
            .SelectMany(length => new[] { new string(letters[0], length), new string(letters[^1], length) }.Concat(Enumerable.Range(0, 20).Select(_ => RandomNumberGenerator.GetString(letters, length))))
            .Distinct(StringComparer.Ordinal).ToList();
        var mapped = given.ConvertAll(name => _ids.NameToLine(kind, name));
        mapped.ShouldAllBe(name => (kind == NameKind.Alias ? AliasShape() : UnitShape()).IsMatch(name));
        mapped.ShouldBeUnique();
        mapped.ConvertAll(name => _ids.NameFromLine(kind, name)).ShouldBe(given);
    }

    [Fact]
    public void Given_the_same_name_in_two_linkages_and_of_two_kinds_When_it_is_mapped_Then_LINE_keeps_different_ones_and_each_reads_the_others_as_noise()
    {
        var (ours, theirs) = (_ids.NameToLine(NameKind.Alias, "menu-b"), _others.NameToLine(NameKind.Alias, "menu-b"));
        ours.ShouldNotBe(theirs);
        _others.NameFromLine(NameKind.Alias, ours).ShouldNotBe("menu-b");
        _ids.NameToLine(NameKind.Unit, "menu_b").ShouldNotBe(_ids.NameToLine(NameKind.Alias, "menu_b"));
    }

    [Fact]
    public void Given_names_that_differ_in_one_letter_When_they_are_mapped_Then_nothing_in_them_says_so()
    {
        var mapped = "abcdefghij".Select(letter => _ids.NameToLine(NameKind.Alias, "menu-" + letter)).ToList();
        mapped.Select(name => name[..3]).Distinct().Count().ShouldBeGreaterThan(5);
        mapped.Select(name => name[^3..]).Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData(NameKind.Alias, "")]
    [InlineData(NameKind.Alias, "Menu")]
    [InlineData(NameKind.Alias, "a\0b")]
    [InlineData(NameKind.Alias, "abcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData(NameKind.Unit, "menu-b")]
    [InlineData(NameKind.Unit, "abcdefghijklmnopqrstuvwxyz01234")]
    internal void Given_what_is_no_name_When_it_is_mapped_Then_it_stays_for_LINE_to_refuse(NameKind kind, string name)
    {
        _ids.NameToLine(kind, name).ShouldBe(name);
        _ids.NameFromLine(kind, name).ShouldBe(name);
    }

    [Theory]
    [InlineData("""{"type":"postback","mode":"active","postback":{"data":"%","params":{"newRichMenuAliasId":"%","status":"SUCCESS"}}}""")]
    [InlineData("""{"type":"postback","mode":"active","postback":{"params":{"newRichMenuAliasId" : "\u00%" , "status":"SUCCESS"},"data":"%"}}""")]
    public void Given_the_event_of_a_menu_switch_When_it_is_copied_Then_its_owner_reads_its_own_name_and_another_linkage_noise(string template)
    {
        var line = _ids.NameToLine(NameKind.Alias, "menu-b");
        var original = template.Replace("\\u00%", $"\\u00{(int)line[0]:x2}{line[1..]}", StringComparison.Ordinal).Replace("%", line, StringComparison.Ordinal);
        var copy = Copy(original, _ids);
        copy.ShouldContain("\"menu-b\"");
        copy.ShouldContain($"\"data\":\"{line}\""); // A module's own text stays, whatever it looks like.
        Copy(original, _others).ShouldContain($"\"{_others.NameFromLine(NameKind.Alias, line)}\"");
    }

    [Fact]
    public void Given_a_menu_in_LINEs_answer_When_it_is_copied_Then_the_aliases_in_its_actions_are_the_modules()
    {
        var line = _ids.NameToLine(NameKind.Alias, "menu-b");
        var answer = $$$"""{"richMenuId":"richmenu-1","areas":[{"bounds":{"x":0},"action":{"type":"richmenuswitch","richMenuAliasId":"{{{line}}}","data":"{{{line}}}"}}]}""";
        Encoding.UTF8.GetString(AnswerCopy.Write(Encoding.UTF8.GetBytes(answer), _ids, []).Span)
            .ShouldBe($$$"""{"richMenuId":"richmenu-1","areas":[{"bounds":{"x":0},"action":{"type":"richmenuswitch","richMenuAliasId":"menu-b","data":"{{{line}}}"}}]}""");
    }

    private static LinkageIds Fresh() => new(LinkageId.New(), Bot, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(16));

    private static string Copy(string original, LinkageIds ids)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCopy.Write(Encoding.UTF8.GetBytes(original), new CopyTerms(ids, IsActive: true, null, IsRedelivery: false), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}$")]
    private static partial Regex AliasShape();

    [GeneratedRegex("^[a-zA-Z0-9_]{1,30}$")]
    private static partial Regex UnitShape();
}
