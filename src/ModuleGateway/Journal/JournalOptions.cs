using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Journal;

/// <summary>How much the journal takes in. Configuration section "Journal".</summary>
internal sealed class JournalOptions
{
    /// <summary>
    /// Undelivered events and deliveries, of all accounts together, at which LINE's webhooks are refused with 503 until some are delivered: 100 to 1 000 000 000, default 10 000 000.
    /// From half of it on an account that has more than a sixteenth of what is free is refused alone, so that one customer's backlog keeps no other's webhooks out.
    /// The last resort against a disk that fills up: what LINE sends meanwhile it sends again only if its redelivery is on.
    /// </summary>
    [Range(100, 1_000_000_000)]
    public long UndeliveredMax { get; set; } = 10_000_000;

    /// <summary>How often what is undelivered is counted anew where several gateways share a store, each knowing its own part at once: 1 s to 1 h, default 30 s. Alone, a gateway counts at its start and every hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromSeconds(30);
}
