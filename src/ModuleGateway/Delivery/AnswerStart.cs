using System.Buffers;
using System.Globalization;
using System.Text;

namespace ModuleGateway.Delivery;

/// <summary>The first bytes of a module's answer as text that may stand in a log, a page or a row: a stranger wrote it.</summary>
internal static class AnswerStart
{
    /// <summary>How many bytes of the answer are looked at. The text may be shorter, never longer.</summary>
    public const int BytesMax = 256;

    /// <returns>Null for an empty answer. What nobody sees (controls, ends of lines, broken UTF-8, marks that turn the line around) stands as a '.' each.</returns>
    public static string? Of(ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty)
            return null;

        var text = new StringBuilder();
        for (var rest = answer.Length > BytesMax ? answer[..BytesMax] : answer; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status == OperationStatus.NeedMoreData && answer.Length > BytesMax)
                break; // Cut in the middle of a letter, by us.
            rest = rest[used..];
            text.Append(status == OperationStatus.Done && IsShown(rune) ? rune.ToString() : ".");
        }

        return text.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
