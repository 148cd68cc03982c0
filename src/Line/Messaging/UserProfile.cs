namespace Line;

/// <summary>How a person appears in LINE.</summary>
/// <param name="User">The id that was asked for.</param>
/// <param name="DisplayName">The name they chose.</param>
/// <param name="PictureUrl">Their picture.</param>
/// <param name="Language">Their language as a BCP 47 tag, where they consented to tell.</param>
/// <param name="StatusMessage">Their status line.</param>
public sealed record UserProfile(UserId User, string DisplayName, string? PictureUrl, string? Language, string? StatusMessage);
