using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Upstream;

/// <summary>LINE, and our channels there. Configuration section "Upstream".</summary>
internal sealed class UpstreamOptions : IValidatableObject
{
    /// <summary>In place of https://api.line.me; the sandbox's origin in development.</summary>
    [Required, Url]
    public string ApiBaseUrl { get; set; } = "https://api.line.me";

    /// <summary>In place of https://api-data.line.me: pictures, recordings and files.</summary>
    [Required, Url]
    public string DataBaseUrl { get; set; } = "https://api-data.line.me";

    /// <summary>In place of https://manager.line.biz: consent in the browser, and the code exchange.</summary>
    [Required, Url]
    public string ManagerBaseUrl { get; set; } = "https://manager.line.biz";

    /// <summary>In place of https://access.line.me: the dialog in which a person links an account of a module's.</summary>
    [Required, Url]
    public string AccessBaseUrl { get; set; } = "https://access.line.me";

    /// <summary>The header that picks the Official Account; LINE tells its name to marketplace participants only.</summary>
    [Required, RegularExpression("^[A-Za-z0-9-]{1,64}$")]
    public string BotHeader { get; set; } = "X-Line-Bot-Id";

    /// <summary>Longest wait for LINE's answer: 1 s to 60 s, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Our channels at LINE. Each id once; the first one of kind Module, which there must be, is the platform's Module Channel.</summary>
    [Required, MinLength(1)]
    public List<UpstreamChannelOptions> Channels { get; set; } = [];

    /// <summary>Attributes alone are not looked for inside a list.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Channels.Count; i++)
        {
            var faults = new List<ValidationResult>();
            Validator.TryValidateObject(Channels[i], new ValidationContext(Channels[i]), faults, validateAllProperties: true);
            foreach (var fault in faults)
                yield return new ValidationResult(fault.ErrorMessage, [.. fault.MemberNames.Select(member => $"{nameof(Channels)}:{i}:{member}")]);
        }

        if (Channels.All(channel => channel.Kind != UpstreamKind.Module))
            yield return new ValidationResult("One channel of kind Module is expected: the platform's Module Channel.", [nameof(Channels)]);
        if (Channels.DistinctBy(channel => channel.ChannelId).Count() < Channels.Count)
            yield return new ValidationResult("No channel may be named twice.", [nameof(Channels)]);
    }
}

/// <summary>One channel of ours at LINE.</summary>
internal sealed class UpstreamChannelOptions
{
    [Required, RegularExpression("^[0-9]{1,20}$", ErrorMessage = "1 to 20 digits are expected.")]
    public string ChannelId { get; set; } = "";

    [Required]
    public string ChannelSecret { get; set; } = "";

    /// <summary>The secret before the last change at LINE, while both may arrive; empty when there is none.</summary>
    public string? PreviousChannelSecret { get; set; }

    /// <summary>Whether LINE's console has redelivery on for this channel, as its operator saw it: no call says so. Null: nobody has looked yet.</summary>
    public bool? RedeliveryIsOn { get; set; }

    public UpstreamKind Kind { get; set; } = UpstreamKind.Module;
}

/// <summary>What a channel of ours is at LINE.</summary>
internal enum UpstreamKind
{
    /// <summary>The one Module Channel, attached to many Official Accounts.</summary>
    Module,

    /// <summary>An Official Account's own Messaging API channel.</summary>
    MessagingApi,
}
