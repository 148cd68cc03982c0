namespace ModuleGateway.Retention;

/// <summary>What has an age, and goes with it.</summary>
internal interface IRetentionRows
{
    /// <summary>The last of the next events that are old enough to go; null when there is none.</summary>
    /// <param name="after">Only events behind this place.</param>
    /// <param name="before">Received before this instant.</param>
    /// <param name="max">How many at most.</param>
    long? LastOld(long after, DateTimeOffset before, int max);

    /// <summary>Lets events go that are decided and of which nothing is owed, with all that belongs to them.</summary>
    /// <param name="after">Only events behind this place,</param>
    /// <param name="upTo">up to this one.</param>
    /// <param name="before">Deliveries that were tried since then stay, and their event with them.</param>
    /// <returns>How many events.</returns>
    int RemoveEvents(long after, long upTo, DateTimeOffset before);

    /// <summary>Forgets which messages with something to download linkages were given; returns how many.</summary>
    int RemoveReceivedMessages(DateTimeOffset before, int max);

    /// <summary>Forgets replays that ended, and of whose deliveries none is left; returns how many.</summary>
    int RemoveReplays(DateTimeOffset before, int max);

    /// <summary>Forgets trips to LINE's consent and back; returns how many.</summary>
    int RemoveAttachRequests(DateTimeOffset before, int max);
}
