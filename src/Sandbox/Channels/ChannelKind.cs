namespace Sandbox.Channels;

/// <summary>What a channel is for.</summary>
internal enum ChannelKind
{
    /// <summary>The ordinary Messaging API channel of one Official Account: its primary channel.</summary>
    Messaging,

    /// <summary>Attached to many Official Accounts by their managers' consent.</summary>
    Module,
}
