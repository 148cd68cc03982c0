using System.ComponentModel.DataAnnotations;

namespace Sandbox.Phone;

/// <summary>The gateway's live tail. Configuration section "Sandbox:Timeline". The sandbox's server reads it, so that no browser learns the key.</summary>
public sealed class TimelineOptions
{
    /// <summary>Address of the tail (server-sent events); <c>?botId=</c> is added. Example: <c>http://127.0.0.1:5081/management/tail</c>.</summary>
    [Required, Url]
    public string Url { get; init; } = "";

    /// <summary>Bearer token for it.</summary>
    [Required]
    public string Key { get; init; } = "";
}
