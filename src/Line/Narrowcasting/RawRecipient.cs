using System.Text.Json;
using Line.Json;

namespace Line.Narrowcasting;

/// <summary>A recipient of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawRecipient(JsonElement Json) : Recipient
{
    private protected override string Kind => Json.Text("type") ?? "";
}
