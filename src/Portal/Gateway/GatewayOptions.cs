using System.ComponentModel.DataAnnotations;

namespace Portal.Gateway;

/// <summary>Where the portal reaches the module gateway's management API. Configuration section "Gateway".</summary>
public sealed class GatewayOptions
{
    /// <summary>The gateway's origin, such as <c>http://127.0.0.1:5081</c>: https outside development, no path.</summary>
    [Required(ErrorMessage = "Gateway:BaseUrl is missing: the gateway's origin is expected, as in http://127.0.0.1:5081.")]
    [Url(ErrorMessage = "Gateway:BaseUrl must be the gateway's origin, as in http://127.0.0.1:5081.")]
    public string BaseUrl { get; init; } = "";

    /// <summary>The management API's bearer key, 16 characters or more; the gateway knows it as <c>Management:Key</c>.</summary>
    [Required(ErrorMessage = "Gateway:ManagementKey is missing: the key that the gateway knows as Management:Key is expected.")]
    [MinLength(16, ErrorMessage = "Gateway:ManagementKey is too short: 16 characters or more are expected.")]
    public string ManagementKey { get; init; } = "";

    /// <summary>Longest wait for one answer: 100 ms to 30 s, default 3 s. A page that only shows health never waits longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:00:30", ErrorMessage = "Gateway:AnswerTimeout must be from 00:00:00.1 to 00:00:30.")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
