namespace Sandbox.Control;

/// <summary>Where LINE's documentation is silent on chat control, one reading is chosen. Configuration section "Sandbox:Control".</summary>
public sealed class ControlOptions
{
    /// <summary>Who gets a chat whose hold ran out or was released. Default <see cref="ChatReturn.Primary"/>, LINE's literal wording.</summary>
    public ChatReturn ReturnsTo { get; init; } = ChatReturn.Primary;

    /// <summary>What a push from a channel that is on standby in the chat gets. Default <see cref="StandbyPush.Allow"/>.</summary>
    public StandbyPush StandbyPush { get; init; } = StandbyPush.Allow;
}
