using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Retention;

/// <summary>How long the gateway keeps what it was given. Configuration section "Retention".</summary>
internal sealed class RetentionOptions
{
    /// <summary>
    /// Events, their deliveries and what belongs to them are kept this long, counted from an event's receipt and from a delivery's last attempt: 3 days to 3650 days, default 30 days.
    /// Under 3 days LINE's redelivery of a stored event would be taken for a new one. What is still owed is kept until it is delivered, dead or cancelled.
    /// </summary>
    [Range(typeof(TimeSpan), "3.00:00:00", "3650.00:00:00")]
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Events that are looked at in one transaction, while which nobody else writes: 1 to 5000, default 250.</summary>
    [Range(1, 5000)]
    public int BatchMax { get; set; } = 250;

    /// <summary>Between two such transactions: 1 ms to 10 s, default 50 ms. With 250 at a time about 4000 events a second can be let go.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(50);
}
