using System.Text.Json;
using Line.Json;

namespace Line.Narrowcasting;

/// <summary>A filter of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawDemographicFilter(JsonElement Json) : DemographicFilter
{
    private protected override string Kind => Json.Text("type") ?? "";
}
