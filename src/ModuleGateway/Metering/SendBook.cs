using ModuleGateway.Store;

namespace ModuleGateway.Metering;

/// <summary>Where accepted sends are counted.</summary>
internal static class SendBook
{
    /// <summary>How far a narrowcast is, is asked soon; LINE's statistics take their time.</summary>
    private static readonly TimeSpan NarrowcastDelay = TimeSpan.FromMinutes(1), BroadcastDelay = TimeSpan.FromHours(1);

    /// <summary>LINE took a send that was open: it is counted, or LINE is asked how many it reached; how many a group has, at once.</summary>
    public static void Accept(IGatewayTransaction tx, OpenSend send, string requestId)
    {
        if (send.Reach == Reach.Named)
        {
            Count(tx, send, send.Named);
            return;
        }

        var delay = send.Reach switch { Reach.Narrowcast => NarrowcastDelay, Reach.Broadcast => BroadcastDelay, _ => TimeSpan.Zero };
        tx.Meter.Put(send with { RequestId = requestId, DueAt = tx.Now + delay });
    }

    /// <summary>Puts an accepted send into its day, once.</summary>
    /// <param name="isKnown">False: nobody will ever know whom it reached; it is counted apart.</param>
    public static void Count(IGatewayTransaction tx, OpenSend send, long recipients, bool isKnown = true)
    {
        if (tx.Meter.Remove(send.Id))
            tx.Meter.Count(send.Linkage, new SentOnDay(SentOnDay.DayOf(send.At), recipients, 0, isKnown ? 0 : 1));
    }
}
