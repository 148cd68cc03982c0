using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A file; its bytes are fetched by message id.</summary>
public sealed class FileContent : MessageContent
{
    internal FileContent(JsonElement raw) : base(raw)
    {
        FileName = raw.Text("fileName") ?? "";
        FileBytes = raw.Long("fileSize") ?? 0;
    }

    /// <summary>The name it had on the sender's device: never trust it as a path.</summary>
    public string FileName { get; }

    /// <summary>Its size in bytes.</summary>
    public long FileBytes { get; }
}
