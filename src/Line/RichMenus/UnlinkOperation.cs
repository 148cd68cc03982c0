using System.Text.Json.Serialization;

namespace Line.RichMenus;

/// <summary>Whoever sees a menu sees the default one from now on.</summary>
/// <param name="FromMenu">The menu.</param>
public sealed record UnlinkOperation([property: JsonPropertyName("from")] string FromMenu) : RichMenuOperation
{
    internal override string? From => FromMenu;

    private protected override string Kind => "unlink";
}
