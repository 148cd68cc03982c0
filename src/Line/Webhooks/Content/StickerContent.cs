using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A sticker.</summary>
public sealed class StickerContent : MessageContent
{
    internal StickerContent(JsonElement raw) : base(raw)
    {
        PackageId = raw.Text("packageId") ?? "";
        StickerId = raw.Text("stickerId") ?? "";
        ResourceType = raw.Text("stickerResourceType") ?? "";
        Keywords = raw.Texts("keywords");
        Text = raw.Text("text");
    }

    /// <summary>The package.</summary>
    public string PackageId { get; }

    /// <summary>The sticker in its package.</summary>
    public string StickerId { get; }

    /// <summary>What it does: <c>STATIC</c>, <c>ANIMATION</c>, <c>SOUND</c>, <c>ANIMATION_SOUND</c>, <c>POPUP</c>, <c>CUSTOM</c>, <c>MESSAGE</c> ...; an open set.</summary>
    public string ResourceType { get; }

    /// <summary>Words that describe it, 15 at most.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>What the person wrote on it, where the sticker allows that.</summary>
    public string? Text { get; }
}
