using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>A background of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawFlexBackground(JsonElement Json) : FlexBackground
{
    private protected override string Kind => Json.Text("type") ?? "";
}
