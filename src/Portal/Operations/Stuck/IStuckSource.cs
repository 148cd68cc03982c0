namespace Portal.Operations.Stuck;

/// <summary>A feature that knows what of its own goes on no more by itself. Registered as a scoped service.</summary>
public interface IStuckSource
{
    /// <summary>What got stuck, the oldest first, at most <paramref name="max"/>. Null: it cannot be said at the moment.</summary>
    Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken);
}

/// <param name="Kind">Names the texts: what it is (<c>Stuck.{Kind}</c>) and what to do (<c>Stuck.{Kind}.Do</c>).</param>
/// <param name="Title">What it is about, as a person would call it.</param>
/// <param name="Detail">Why, as far as it is known.</param>
/// <param name="Since">Since when it has not moved.</param>
/// <param name="Link">A page that helps; null: none.</param>
public sealed record StuckItem(string Kind, string Title, string? Detail, DateTimeOffset Since, string? Link);
