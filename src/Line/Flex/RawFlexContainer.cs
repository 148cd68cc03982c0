using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A container of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawFlexContainer(JsonElement Json) : FlexContainer
{
    private protected override string Kind => Json.Text("type") ?? "";

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
