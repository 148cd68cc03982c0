using System.Text.Json.Serialization;

namespace Line;

/// <summary>A group as its members see it.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Name">Its name.</param>
/// <param name="PictureUrl">Its picture, where it has one.</param>
public sealed record GroupSummary(GroupId GroupId, [property: JsonPropertyName("groupName")] string Name, string? PictureUrl);
