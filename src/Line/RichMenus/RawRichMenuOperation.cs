using System.Text.Json;
using Line.Json;

namespace Line.RichMenus;

/// <summary>An operation of a kind that this version does not know.</summary>
/// <param name="Json">The object.</param>
public sealed record RawRichMenuOperation(JsonElement Json) : RichMenuOperation
{
    private protected override string Kind => Json.Text("type") ?? "";
}
