using System.Text.Json;

namespace Line;

/// <summary>A sticker of those that accounts may send.</summary>
public sealed record StickerMessage(string PackageId, string StickerId) : LineMessage
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "sticker"u8);
        writer.WriteString("packageId"u8, PackageId);
        writer.WriteString("stickerId"u8, StickerId);
    }
}
