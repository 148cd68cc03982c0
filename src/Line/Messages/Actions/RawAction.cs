using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>An action of a kind that this version does not know: it goes out as it came in.</summary>
/// <param name="Json">The object.</param>
public sealed record RawAction(JsonElement Json) : LineAction(Json.Text("label"))
{
    private protected override string Kind => Json.Text("type") ?? "";

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
