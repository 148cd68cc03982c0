using System.Buffers;
using System.Text;
using System.Text.Json;
using Line;

namespace ModuleGateway.Linkages;

/// <summary>Writes LINE's answer to a call as the calling linkage may see it: ids mapped, all else byte for byte.</summary>
internal static class AnswerCopy
{
    /// <param name="answer">LINE's JSON.</param>
    /// <param name="ids">The calling linkage's ids.</param>
    /// <param name="met">Receives each upstream id that stood in the answer: from now on this bot knows it.</param>
    public static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> answer, LinkageIds ids, ICollection<UpstreamId> met)
    {
        var original = answer.Span;
        var output = new ArrayBufferWriter<byte>(original.Length + 128);
        var parts = new JsonParts(original, isEvent: false);
        var copied = 0;
        Span<byte> id = stackalloc byte[IdText.LongestForModule];
        while (parts.Next())
        {
            if (parts.Part == JsonPart.Alias)
            {
                output.Write(original[copied..parts.Start]);
                output.Write(Encoding.UTF8.GetBytes(JsonEncodedText.Encode(ids.NameFromLine(NameKind.Alias, Encoding.UTF8.GetString(parts.Value))).ToString()));
                copied = parts.Start + parts.Length;
                continue;
            }

            if (parts.Part != JsonPart.Id || BotName.Is(parts.Value, ids.Bot))
                continue;

            var upstream = UpstreamId.Read(parts.IdKind, parts.Value, ids.Bot);
            met.Add(upstream);
            output.Write(original[copied..parts.Start]);
            output.Write(id[..ids.Write(upstream, id)]);
            copied = parts.Start + parts.Length;
        }

        output.Write(original[copied..]);
        return output.WrittenMemory;
    }

    /// <summary>Writes LINE's refusal: there an id may also stand inside a sentence.</summary>
    /// <remarks>Nothing is known from now on by such an id: LINE may be quoting what the module wrote.</remarks>
    public static ReadOnlyMemory<byte> WriteRefusal(ReadOnlyMemory<byte> answer, LinkageIds ids)
    {
        var original = answer.Span;
        var output = new ArrayBufferWriter<byte>(original.Length + 128);
        Span<byte> id = stackalloc byte[IdText.LongestForModule];
        var (copied, at) = (0, 0);
        while (at < original.Length)
        {
            var length = IdAt(original, at, out var kind);
            if (length > 0 && !BotName.Is(original.Slice(at, length), ids.Bot))
            {
                output.Write(original[copied..at]);
                output.Write(id[..ids.Write(UpstreamId.Read(kind, original.Slice(at, length), ids.Bot), id)]);
                copied = at + length;
            }

            at += Math.Max(length, 1);
        }

        output.Write(original[copied..]);
        return output.WrittenMemory;
    }

    /// <summary>Length of the id that stands here as a word of its own; 0: none.</summary>
    private static int IdAt(ReadOnlySpan<byte> text, int at, out IdKind kind)
    {
        kind = default;
        if (at > 0 && char.IsAsciiLetterOrDigit((char)text[at - 1]))
            return 0;

        foreach (var length in (ReadOnlySpan<int>)[IdText.LongestForModule, BotId.Length])
        {
            var end = at + length;
            if (end <= text.Length && (end == text.Length || !char.IsAsciiLetterOrDigit((char)text[end])) && UpstreamId.LooksLikeId(text[at..end], out kind))
                return length;
        }

        return 0;
    }
}
