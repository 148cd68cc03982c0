using System.Globalization;
using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Chats;

namespace Sandbox.Modules;

/// <summary><c>GET /v2/bot/list</c>: the Official Accounts that the module is attached to, page by page.</summary>
internal sealed class BotList(LinkageBook linkages, AccountDirectory accounts, TimeProvider clock)
{
    private const int LimitMax = 100;
    private static readonly TimeSpan Validity = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ChannelId ChannelId, string After, DateTimeOffset ExpiresAt)> _continuations = new(StringComparer.Ordinal);

    public LineAnswer Handle(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Module)
            return LineErrors.NotAvailable;

        var limit = LimitMax;
        if (call.Query("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LimitMax))
            return LineErrors.InvalidParameter("limit");

        var after = "";
        if (call.Query("start") is { } start && !TryContinue(call.Channel.Id, start, out after))
            return LineErrors.InvalidStart;

        var rest = linkages.OfChannel(call.Channel.Id).Where(linkage => string.CompareOrdinal(linkage.BotId.ToString(), after) > 0).ToList();
        var page = rest.Take(limit).ToList();
        return LineAnswer.Ok(new
        {
            bots = page.Select(linkage => accounts.TryFind(linkage.BotId, out var account) ? account : null).OfType<OfficialAccount>().Select(account => new
            {
                userId = account.BotId,
                basicId = account.BasicId,
                premiumId = account.PremiumId,
                displayName = account.Name,
                pictureUrl = $"{call.Origin}{account.AvatarPath}",
            }),
            next = rest.Count > limit ? Continuation(call.Channel.Id, page[^1].BotId) : null,
        });
    }

    private string Continuation(ChannelId channelId, BotId after)
    {
        var now = clock.GetUtcNow();
        var token = OpaqueToken.New();
        lock (_lock)
        {
            foreach (var (old, _) in _continuations.Where(pair => pair.Value.ExpiresAt <= now).ToList())
                _continuations.Remove(old);
            _continuations.Add(token, (channelId, after.ToString(), now + Validity));
        }

        return token;
    }

    private bool TryContinue(ChannelId channelId, string token, out string after)
    {
        lock (_lock)
        {
            var isKnown = _continuations.TryGetValue(token, out var kept) && kept.ChannelId == channelId && kept.ExpiresAt > clock.GetUtcNow();
            after = isKnown ? kept.After : "";
            return isKnown;
        }
    }
}
