using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A picture; its bytes are fetched by message id unless an external URL is given.</summary>
public sealed class ImageContent : MessageContent
{
    internal ImageContent(JsonElement raw) : base(raw)
    {
        Provider = new ContentProvider(raw.Object("contentProvider") ?? default);
    }

    /// <summary>Where the bytes are.</summary>
    public ContentProvider Provider { get; }
}
