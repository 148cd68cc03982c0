namespace Line.RichMenus;

/// <summary>LINE's answer to a list call.</summary>
internal sealed record RichMenuAliases(IReadOnlyList<RichMenuAlias>? Aliases);
