namespace Portal.Outside;

/// <summary>How the portal looks at pages of other people. Configuration section "Outside".</summary>
public sealed class OutsideOptions
{
    /// <summary>Networks beside the open internet that may be looked at, as in <c>10.1.0.0/16</c>: for a host whose name servers lead inside. Default: none.</summary>
    public string[] AllowedNetworks { get; init; } = [];

    /// <summary>True: also http. For development only. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Longest wait for a page with all its redirects. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
