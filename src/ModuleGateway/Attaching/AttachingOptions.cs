using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Attaching;

/// <summary>How Official Accounts are attached. Configuration section "Attaching".</summary>
internal sealed class AttachingOptions
{
    /// <summary>The gateway's own origin as browsers see it; LINE sends them to its <c>/attach/callback</c>.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";

    /// <summary>Origins that a browser may be sent back to: the portal's. No other is followed.</summary>
    [Required, MinLength(1)]
    public List<string> ReturnOrigins { get; set; } = [];
}
