namespace Line;

/// <summary>A part of a list that is too long for one answer.</summary>
/// <param name="Items">In LINE's order; may be fewer than asked for although more remain.</param>
/// <param name="Next">Gets the next part, for 24 hours; null at the end.</param>
public sealed record LinePage<T>(IReadOnlyList<T> Items, string? Next);
