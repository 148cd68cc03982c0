namespace Modules.Kit;

/// <summary>How a module reaches the platform, and how the platform reaches it. Configuration section "Module".</summary>
internal sealed class ModuleOptions
{
    public const string Section = "Module";

    /// <summary>The module channel's id, as the platform issued it: 1 to 20 digits. No default.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>Its secret: signs webhooks, opens the token endpoint. No default.</summary>
    public string ChannelSecret { get; init; } = "";

    /// <summary>The origin that stands in place of LINE's, like http://127.0.0.1:5081. No default.</summary>
    public Uri? ApiBaseUrl { get; init; }

    /// <summary>The module's SQLite file; its folder is made where it lacks. No default.</summary>
    public string DataFile { get; init; } = "";

    /// <summary>Where people and the platform reach this module; only said at the start. Null: the address it listens on.</summary>
    public Uri? PublicUrl { get; init; }
}
