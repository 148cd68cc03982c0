using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Where a picture's, video's or sound's bytes are.</summary>
public sealed class ContentProvider
{
    internal ContentProvider(JsonElement raw)
    {
        IsLine = raw.Text("type") == "line";
        OriginalContentUrl = raw.Text("originalContentUrl");
        PreviewImageUrl = raw.Text("previewImageUrl");
    }

    /// <summary>Whether LINE holds the bytes: fetch them by message id, soon, for LINE deletes them after a while.</summary>
    public bool IsLine { get; }

    /// <summary>Where a mini app put the bytes; null when LINE holds them.</summary>
    public string? OriginalContentUrl { get; }

    /// <summary>A small picture of it.</summary>
    public string? PreviewImageUrl { get; }
}
