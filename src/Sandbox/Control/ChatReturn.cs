namespace Sandbox.Control;

/// <summary>Where a chat goes when its hold runs out or is released.</summary>
public enum ChatReturn
{
    /// <summary>To the primary channel, also where a Default Active module is attached; nobody, where the account has none.</summary>
    Primary,

    /// <summary>To the default state: the Default Active module, otherwise the primary channel.</summary>
    Default,
}
