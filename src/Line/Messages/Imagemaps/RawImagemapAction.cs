using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>An action of a kind that this version does not know; its area stands in the JSON.</summary>
/// <param name="Json">The object.</param>
public sealed record RawImagemapAction(JsonElement Json) : ImagemapAction(new ImagemapArea(0, 0, 0, 0))
{
    private protected override string Kind => Json.Text("type") ?? "";

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
