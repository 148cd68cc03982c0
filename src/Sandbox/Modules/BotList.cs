using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Modules;

/// <summary><c>GET /v2/bot/list</c>: the Official Accounts that the module is attached to, page by page.</summary>
internal sealed class BotList(LinkageBook linkages, AccountDirectory accounts)
{
    private const int LimitMax = 100;

    public LineAnswer Handle(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Module)
            return LineErrors.NotAvailable;

        var (refusal, page) = Paging.Read(call, "bots", linkages.OfChannel(call.Channel.Id), linkage => linkage.BotId.ToString(), LimitMax, LimitMax);
        return refusal ?? LineAnswer.Ok(new
        {
            bots = page.Items.Select(linkage => accounts.TryFind(linkage.BotId, out var account) ? account : null).OfType<OfficialAccount>().Select(account => new
            {
                userId = account.BotId,
                basicId = account.BasicId,
                premiumId = account.PremiumId,
                displayName = account.Name,
                pictureUrl = $"{call.Origin}{account.AvatarPath}",
            }),
            next = page.Next,
        });
    }
}
