using System.ComponentModel.DataAnnotations;

namespace Portal.Catalog.Demo;

/// <summary>Invented companies and listings for a market that has none. Configuration section "Demo".</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>True: an empty database is filled once. Default: false.</summary>
    public bool Seed { get; init; }

    /// <summary>Where the two modules that really run are: <c>KeywordReply</c> and <c>LiveDesk</c>. One that is missing is shown as a sample listing.</summary>
    public IReadOnlyDictionary<string, DemoModuleOptions> Modules { get; init; } = new Dictionary<string, DemoModuleOptions>();
}

/// <summary>One running demo module.</summary>
public sealed class DemoModuleOptions
{
    /// <summary>1 to 20 digits.</summary>
    [Required, RegularExpression("^[0-9]{1,20}$")]
    public string ChannelId { get; init; } = "";

    /// <summary>Shared with the module's own configuration; 16 characters or more.</summary>
    [Required, MinLength(16)]
    public string ChannelSecret { get; init; } = "";

    [Required, Url]
    public string WebhookUrl { get; init; } = "";

    /// <summary>Where its owner sets it up; null when there is nothing to set up.</summary>
    [Url]
    public string? SetUpUrl { get; init; }
}
