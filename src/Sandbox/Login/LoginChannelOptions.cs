using System.ComponentModel.DataAnnotations;

namespace Sandbox.Login;

/// <summary>A LINE Login channel as LINE's console would show it. Configuration section "Sandbox:LoginChannel".</summary>
public sealed class LoginChannelOptions
{
    /// <summary>1 to 20 decimal digits.</summary>
    [Required, RegularExpression("^[0-9]{1,20}$")]
    public string ChannelId { get; init; } = "";

    /// <summary>Opens the token endpoint and is the key of ID tokens: 16 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 16)]
    public string ChannelSecret { get; init; } = "";

    /// <summary>Name on the consent page: 1 to 100 characters.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "Module Market";

    /// <summary>Where the browser may return to: https, or http on loopback. No default: lists bind by appending.</summary>
    public string[]? RedirectUrls { get; init; }
}
