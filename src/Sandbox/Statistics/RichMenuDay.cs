using Line;

namespace Sandbox.Statistics;

/// <summary>One day of one rich menu.</summary>
internal sealed record RichMenuDay(BotId BotId, string MenuId, DateOnly Day, IReadOnlyList<RichMenuEvent> Events);

/// <summary>A menu shown, or an area of it tapped.</summary>
/// <param name="Area">Its place in the menu's list; null: shown.</param>
internal sealed record RichMenuEvent(string PersonId, int? Area);
