using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody mentioned in a text.</summary>
public sealed class Mention
{
    internal Mention(JsonElement raw)
    {
        Index = raw.Int("index") ?? 0;
        Length = raw.Int("length") ?? 0;
        Kind = raw.Text("type") ?? "";
        User = raw.Id<UserId>("userId");
        IsSelf = raw.Flag("isSelf") ?? false;
    }

    /// <summary>Where it begins in the text, in UTF-16 units.</summary>
    public int Index { get; }

    /// <summary>How long it is, in UTF-16 units.</summary>
    public int Length { get; }

    /// <summary>"user" or "all"; an open set.</summary>
    public string Kind { get; }

    /// <summary>Who; only where they consented to LINE's telling.</summary>
    public UserId? User { get; }

    /// <summary>Whether it is this bot.</summary>
    public bool IsSelf { get; }
}
