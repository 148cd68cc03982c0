namespace Sandbox.Control;

/// <summary>What decides who answers in a chat.</summary>
internal enum ControlHolder
{
    /// <summary>The account's default.</summary>
    Default,

    /// <summary>A channel acquired the chat.</summary>
    Channel,

    /// <summary>The chat was given back to the primary channel, which may not exist.</summary>
    Primary,
}
