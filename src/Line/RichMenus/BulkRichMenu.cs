namespace Line.RichMenus;

/// <summary>The body of LINE's calls for many people.</summary>
internal sealed record BulkRichMenu(IReadOnlyList<UserId> UserIds, string? RichMenuId);
