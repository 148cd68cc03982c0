using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A video; its bytes are fetched by message id unless an external URL is given.</summary>
public sealed class VideoContent : MessageContent
{
    internal VideoContent(JsonElement raw) : base(raw)
    {
        Provider = new ContentProvider(raw.Object("contentProvider") ?? default);
        Duration = raw.Long("duration") is { } ms and >= 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(ms) : null;
    }

    /// <summary>Where the bytes are.</summary>
    public ContentProvider Provider { get; }

    /// <summary>How long it plays, where LINE tells.</summary>
    public TimeSpan? Duration { get; }
}
