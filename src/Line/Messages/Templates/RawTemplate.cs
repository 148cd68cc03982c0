using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A card of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawTemplate(JsonElement Json) : MessageTemplate
{
    private protected override string Kind => Json.Text("type") ?? "";

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
