using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>What the checker found of one bot's round.</summary>
/// <param name="Ends">Every state that the bot may be in afterwards; empty: no order explains what was seen.</param>
/// <param name="Looked">How many points of orders it looked at.</param>
/// <param name="IsComplete">False: an order was found, but too many are possible to know all states that they end in.</param>
/// <param name="TimeLine">Empty when there is an order; else where every order ends.</param>
public sealed record Verdict(IReadOnlyCollection<BotState> Ends, int Looked, bool IsComplete, string TimeLine)
{
    public bool IsGood => Ends.Count > 0;
}

/// <summary>A point of an order of a chat's share: what is done, what is half done, and the model there.</summary>
internal sealed record Point(UInt128 Done, UInt128 Begun, BotState State)
{
    /// <summary>The point before, and what led here: for the time line only.</summary>
    public (Point Before, string What)? From { get; init; }

    public int Depth { get; init; }

    public bool Equals(Point? other) => other is not null && Done == other.Done && Begun == other.Begun && State.Equals(other.State);

    public override int GetHashCode() => HashCode.Combine(Done, Begun, State);
}
