using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>A substitution of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawSubstitution(JsonElement Json) : TextSubstitution
{
    private protected override string Kind => Json.Text("type") ?? "";
}
