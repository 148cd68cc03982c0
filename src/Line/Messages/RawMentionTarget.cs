using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>A target of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawMentionTarget(JsonElement Json) : MentionTarget
{
    private protected override string Kind => Json.Text("type") ?? "";
}
