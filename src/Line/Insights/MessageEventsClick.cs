namespace Line.Insights;

/// <summary>What people did with one link.</summary>
/// <param name="Seq">The message bubble, from 1.</param>
/// <param name="Url">The link.</param>
public sealed record MessageEventsClick(int Seq, string Url)
{
    /// <summary>How often it was followed.</summary>
    public long? Click { get; init; }

    /// <summary>By how many people, from this bubble.</summary>
    public long? UniqueClick { get; init; }

    /// <summary>By how many people, from any bubble of the send.</summary>
    public long? UniqueClickOfRequest { get; init; }
}
