namespace Line.RichMenus;

/// <summary>LINE's answer to a list call.</summary>
internal sealed record StoredRichMenus(IReadOnlyList<StoredRichMenu>? Richmenus);
