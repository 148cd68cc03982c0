using System.Text;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Management;

/// <summary>Which chat somebody means who writes LINE's id of it, or one that a module sees.</summary>
internal sealed class ChatFinder(GatewayState state)
{
    /// <summary>Null: this account has met nobody, no group and no room that is called so.</summary>
    public ChatKey? Find(IGatewayTransaction tx, BotId bot, string text)
    {
        foreach (var (kind, bits) in Meanings(tx, bot, text))
        {
            if (tx.Control.Known(bot, kind, bits) is not null)
                return new ChatKey(bot, kind, bits);
        }

        return null;
    }

    private IEnumerable<(IdKind Kind, UInt128 Bits)> Meanings(IGatewayTransaction tx, BotId bot, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        foreach (var kind in Enum.GetValues<IdKind>())
            yield return (kind, UpstreamId.Read(kind, utf8, bot).Bits);
        if (!IdText.TryReadFromModule(utf8, bot, out var seenKind, out var seen))
            yield break;

        foreach (var linkage in tx.Control.LinkagesOf(bot))
        {
            if (state.Snapshot.Linkages.GetValueOrDefault(linkage.Id) is { } linked)
                yield return (seenKind, linked.Ids.FromModule(seenKind, seen));
        }
    }
}
