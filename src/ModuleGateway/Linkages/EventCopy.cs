using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ModuleGateway.Linkages;

/// <summary>How one linkage's copy of an event differs from LINE's.</summary>
/// <param name="Ids">The ids that this linkage sees.</param>
/// <param name="IsActive">Whether this linkage may answer: its copy says <c>active</c>.</param>
/// <param name="ReplyToken">Our token in place of LINE's; null on standby: then the property is gone.</param>
/// <param name="IsRedelivery">True when we may have sent this copy before; otherwise LINE's word stays.</param>
internal readonly record struct CopyTerms(LinkageIds Ids, bool IsActive, string? ReplyToken, bool IsRedelivery)
{
    /// <summary>Whether mode and reply token are to be set at all: LINE's module-only events have a fixed mode of their own.</summary>
    public bool KeepsMode { get; init; }

    /// <summary>Seals a mark-as-read token of LINE's. Null: there is no chat that one of ours could speak of, and the copy has an empty one.</summary>
    public Func<string, string>? SealMarkAsReadToken { get; init; }
}

/// <summary>Writes a linkage's copy of an event by splicing into the bytes that LINE sent.</summary>
internal static class EventCopy
{
    public static void Write(ReadOnlySpan<byte> original, in CopyTerms terms, IBufferWriter<byte> output)
    {
        var parts = new JsonParts(original, isEvent: true);
        var copied = 0;
        Span<byte> id = stackalloc byte[IdText.LongestForModule];
        while (parts.Next())
        {
            switch (parts.Part)
            {
                case JsonPart.Id when BotName.Is(parts.Value, terms.Ids.Bot):
                    break;
                case JsonPart.Id:
                    var upstream = UpstreamId.Read(parts.IdKind, parts.Value, terms.Ids.Bot);
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, id[..terms.Ids.Write(upstream, id)], output);
                    break;
                case JsonPart.Mode when !terms.KeepsMode:
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, terms.IsActive ? "active"u8 : "standby"u8, output);
                    break;
                case JsonPart.ReplyToken when terms.ReplyToken is { } replyToken:
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, Encoding.ASCII.GetBytes(replyToken), output);
                    break;
                case JsonPart.ReplyToken:
                    Splice(original, ref copied, parts.PropertyCut.Start, parts.PropertyCut.End, [], output);
                    break;
                case JsonPart.IsRedelivery when terms.IsRedelivery:
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, "true"u8, output);
                    break;
                case JsonPart.MarkAsReadToken:
                    var readToken = terms.SealMarkAsReadToken?.Invoke(Encoding.UTF8.GetString(parts.Value)) ?? "";
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, Encoding.ASCII.GetBytes(readToken), output);
                    break;
                case JsonPart.Alias:
                    var alias = terms.Ids.NameFromLine(NameKind.Alias, Encoding.UTF8.GetString(parts.Value));
                    Splice(original, ref copied, parts.Start, parts.Start + parts.Length, Encoding.UTF8.GetBytes(JsonEncodedText.Encode(alias).ToString()), output);
                    break;
                case JsonPart.End when !parts.HasMode && !terms.KeepsMode:
                    Splice(original, ref copied, parts.Start, parts.Start, terms.IsActive ? ",\"mode\":\"active\""u8 : ",\"mode\":\"standby\""u8, output);
                    break;
                default:
                    break;
            }
        }

        output.Write(original[copied..]);
    }

    private static void Splice(ReadOnlySpan<byte> original, ref int copied, int start, int end, ReadOnlySpan<byte> replacement, IBufferWriter<byte> output)
    {
        output.Write(original[copied..start]);
        output.Write(replacement);
        copied = end;
    }
}
