using System.Text.Json.Serialization;

namespace Line.RichMenus;

/// <summary>Whoever sees one menu sees another from now on.</summary>
/// <param name="FromMenu">The one.</param>
/// <param name="ToMenu">The other.</param>
public sealed record LinkOperation([property: JsonPropertyName("from")] string FromMenu, [property: JsonPropertyName("to")] string ToMenu) : RichMenuOperation
{
    internal override string? From => FromMenu;

    private protected override string Kind => "link";
}
