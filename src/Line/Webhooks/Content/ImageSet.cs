using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A picture's place among those that were sent together.</summary>
public sealed class ImageSet
{
    internal ImageSet(JsonElement raw)
    {
        Id = raw.Text("id") ?? "";
        Index = raw.Int("index");
        Total = raw.Int("total");
    }

    /// <summary>The same for all of them.</summary>
    public string Id { get; }

    /// <summary>Which it is, from 1, where LINE tells.</summary>
    public int? Index { get; }

    /// <summary>How many they are, where LINE tells.</summary>
    public int? Total { get; }
}
