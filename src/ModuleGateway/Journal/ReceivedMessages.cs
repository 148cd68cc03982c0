using ModuleGateway.Linkages;

namespace ModuleGateway.Journal;

/// <summary>Messages whose content LINE keeps for download.</summary>
internal static class ReceivedMessages
{
    private const int IdLengthMax = 64; // LINE's have 18 digits today.

    /// <summary>The id of a message that LINE has a content for; null for any other event.</summary>
    /// <param name="body">A <c>message</c> event.</param>
    public static string? DownloadOf(ReadOnlySpan<byte> body) =>
        EventWord.Find(body, "message"u8, "type"u8)?.Value is "image" or "video" or "audio" or "file" && EventWord.Find(body, "message"u8, "id"u8)?.Value is { } id && IsId(id) ? id : null;

    /// <summary>Whether it can be a message's id at all.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= IdLengthMax && text.All(char.IsAsciiLetterOrDigit);
}
