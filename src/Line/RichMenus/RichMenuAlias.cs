namespace Line.RichMenus;

/// <summary>A name for a rich menu, for switching and for replacing a menu without touching the others.</summary>
/// <param name="RichMenuAliasId">1 to 32 of <c>a-z 0-9 _ -</c>.</param>
/// <param name="RichMenuId">The menu.</param>
public sealed record RichMenuAlias(string RichMenuAliasId, string RichMenuId);
