using System.ComponentModel.DataAnnotations;

namespace Sandbox.Channels;

/// <summary>A module channel as LINE's console would show it. Configuration section "Sandbox:ModuleChannel". It is laid over the stored channel at every start.</summary>
public sealed class ModuleChannelOptions
{
    /// <summary>1 to 20 decimal digits.</summary>
    [Required, RegularExpression("^[0-9]{1,20}$")]
    public string ChannelId { get; init; } = "";

    /// <summary>The key of webhook signatures and the password at the token endpoints: 16 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 16)]
    public string ChannelSecret { get; init; } = "";

    /// <summary>Name on the consent page: 1 to 100 characters.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "Module Market";

    /// <summary>Where webhooks go: https, or http on loopback; at most 500 characters. None: webhooks are off until the console sets it.</summary>
    [StringLength(500)]
    public string? WebhookUrl { get; init; }

    /// <summary>Where the browser may return to after consent: https, or http on loopback. No default: lists bind by appending.</summary>
    public string[]? RedirectUrls { get; init; }

    /// <summary>Whether the channel is active in every chat from the moment of attaching, a feature that LINE grants. Default true.</summary>
    public bool DefaultActive { get; init; } = true;

    /// <summary>Whether webhooks that failed are sent again; a switch in LINE's console. Default true.</summary>
    public bool Redelivery { get; init; } = true;
}
