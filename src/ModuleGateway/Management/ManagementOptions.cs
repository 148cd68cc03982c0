using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Management;

/// <summary>The management API, for the portal and the operator's tools. Configuration section "Management".</summary>
internal sealed class ManagementOptions
{
    /// <summary>The bearer key of its callers, 32 characters at least.</summary>
    [Required, MinLength(32)]
    public string Key { get; set; } = "";

    /// <summary>Opens the live tail, which shows people's messages. Development only.</summary>
    public bool LiveTail { get; set; }
}
