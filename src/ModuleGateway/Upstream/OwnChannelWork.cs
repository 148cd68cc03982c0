using Line;
using ModuleGateway.Store;

namespace ModuleGateway.Upstream;

internal static class OwnChannelWork
{
    /// <summary>The channel's row, for a write: until the transaction ends nobody else writes what belongs to its bot.</summary>
    public static OwnChannelRow? TakeOwnChannel(this IGatewayTransaction tx, ChannelId id)
    {
        if (tx.OwnChannels.Find(id) is not { } seen)
            return null;

        tx.Control.Account(seen.Bot);
        return tx.OwnChannels.Find(id); // Again: whoever had the bot until now may have changed it.
    }
}
