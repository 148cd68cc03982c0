namespace Line.Insights;

/// <summary>How many friends there were on a day; numbers are null unless ready.</summary>
/// <param name="Status"><c>ready</c>, <c>unready</c> or <c>out_of_service</c>; an open set.</param>
/// <param name="Followers">Everybody who ever became a friend: it never falls.</param>
/// <param name="TargetedReaches">How many LINE can target by attributes.</param>
/// <param name="Blocks">How many block the account.</param>
public sealed record FollowerCounts(string Status, long? Followers, long? TargetedReaches, long? Blocks);
