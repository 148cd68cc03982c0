using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A picture; its bytes are fetched by message id unless an external URL is given.</summary>
public sealed class ImageContent : MessageContent
{
    internal ImageContent(JsonElement raw) : base(raw)
    {
        Provider = new ContentProvider(raw.Object("contentProvider") ?? default);
        Set = raw.Object("imageSet") is { } set ? new ImageSet(set) : null;
    }

    /// <summary>Where the bytes are.</summary>
    public ContentProvider Provider { get; }

    /// <summary>The pictures that were sent together with it, each in an event of its own, in any order.</summary>
    public ImageSet? Set { get; }
}
