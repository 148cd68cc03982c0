namespace Sandbox.Time;

/// <summary>Goes with the sandbox's clock, so that one move is an hour for everybody in a host. Registered by that host.</summary>
public interface ITimeFollower
{
    /// <summary>Called at the start and after each move.</summary>
    /// <param name="ahead">How far the sandbox's clock is ahead of the machine's: zero or more, never less than before.</param>
    void Follow(TimeSpan ahead);
}
