using ModuleGateway.Store;

namespace ModuleGateway.Metering;

/// <summary>Where accepted sends are counted.</summary>
internal static class SendBook
{
    /// <summary>Puts an accepted send into its day, once.</summary>
    /// <param name="isKnown">False: nobody will ever know whom it reached; it is counted apart.</param>
    public static void Count(IGatewayTransaction tx, OpenSend send, long recipients, bool isKnown = true)
    {
        if (tx.Meter.Remove(send.Id))
            tx.Meter.Count(send.Linkage, new SentOnDay(SentOnDay.DayOf(send.At), recipients, 0, isKnown ? 0 : 1));
    }
}
