using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Insights;

/// <summary>One day's numbers.</summary>
/// <param name="Date">The day.</param>
/// <param name="Count">How often.</param>
/// <param name="UniqueUsers">By how many people.</param>
public sealed record RichMenuDay([property: JsonConverter(typeof(CompactDateConverter))] DateOnly Date, long Count, long UniqueUsers);
