using Line;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Modules;
using Sandbox.Tokens;

namespace Sandbox.Api;

/// <summary>Who calls, about which account, and may it? In LINE's order: token, bot header, attached, suspended, scope, rate.</summary>
internal sealed class ApiGate(AccessTokens tokens, ChannelDirectory channels, AccountDirectory accounts, LinkageBook linkages, RateBuckets rates, IOptions<SandboxOptions> options)
{
    /// <summary>Knocks for one request. Refusal null: admitted. The channel and the account are named as far as they became known.</summary>
    public (LineAnswer? Refusal, Channel? Channel, OfficialAccount? Account) Knock(HttpContext http, ApiRow row)
    {
        if (Bearer(http) is not { } token || tokens.Authenticate(token) is not { } channelId || !channels.TryFind(channelId, out var channel))
            return (LineErrors.InvalidToken, null, null);

        OfficialAccount? account = null;
        if (channel.PrimaryOf is { } own)
        {
            if (!accounts.TryFind(own, out account) || account.IsSuspended)
                return (LineErrors.NotAvailable, channel, account);
        }
        else if (row.NamesBot)
        {
            if (!BotId.TryParse(http.Request.Headers[options.Value.BotHeader].ToString(), null, out var botId)
                || !accounts.TryFind(botId, out account)
                || !linkages.TryFind(channel.Id, botId, out var linkage))
            {
                return (LineErrors.NotAvailable, channel, null);
            }

            if (account.IsSuspended || (row.Scope is { } scope && !linkage.Grants(scope)))
                return (LineErrors.NotAvailable, channel, account);
        }

        return (rates.TryTake(channel.Id, account?.BotId, row) ? null : LineErrors.RateLimit, channel, account);
    }

    private static string? Bearer(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
