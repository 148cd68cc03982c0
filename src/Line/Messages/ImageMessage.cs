using System.Text.Json;

namespace Line;

/// <summary>A picture, which LINE fetches: JPEG or PNG over https.</summary>
/// <param name="OriginalContentUrl">10 MB at most.</param>
/// <param name="PreviewImageUrl">1 MB at most.</param>
public sealed record ImageMessage(Uri OriginalContentUrl, Uri PreviewImageUrl) : LineMessage
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "image"u8);
        writer.WriteString("originalContentUrl"u8, OriginalContentUrl.AbsoluteUri);
        writer.WriteString("previewImageUrl"u8, PreviewImageUrl.AbsoluteUri);
    }
}
