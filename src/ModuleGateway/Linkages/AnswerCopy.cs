using System.Buffers;
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
}
