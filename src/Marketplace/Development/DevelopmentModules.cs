using System.Net;
using System.Text.Json.Nodes;
using Line;
using Marketplace.Hosting;

namespace Marketplace.Development;

/// <summary>Opens modules through the portal's development door, over HTTP.</summary>
internal static class DevelopmentModules
{
    /// <summary>A fresh module, on at once on a connected account.</summary>
    public static async Task<DevelopmentModule> OpenAsync(HttpClient http, Addresses addresses, Uri webhookUrl, BotId bot, CancellationToken cancellationToken, JsonObject? assertionKeys = null)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(addresses.Portal, "/dev/modules"), new { webhookUrl, botId = bot, assertionKeys }, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var words = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"The portal's development door answered {(int)answer.StatusCode} {words}", null, answer.StatusCode);
        }

        return (await answer.Content.ReadFromJsonAsync<DevelopmentModule>(cancellationToken))!;
    }

    /// <summary>A token from the gateway; null while the gateway does not know the module yet.</summary>
    public static async Task<string?> FindTokenAsync(HttpClient http, Addresses addresses, DevelopmentModule module, CancellationToken cancellationToken)
    {
        var tokens = new ChannelTokenClient(http, LineEndpoints.At(addresses.Gateway));
        try
        {
            return (await tokens.IssueStatelessAsync(ChannelId.Parse(module.ChannelId, null), module.ChannelSecret, cancellationToken)).Value;
        }
        catch (LineApiException refusal) when (refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }

    /// <summary>Whether the gateway lets the module call for its account: then it is sent the account's webhooks too.</summary>
    public static async Task<bool> IsServedAsync(HttpClient http, Addresses addresses, DevelopmentModule module, CancellationToken cancellationToken)
    {
        if (await FindTokenAsync(http, addresses, module, cancellationToken) is not { } token)
            return false;

        var line = new LineClient(http, new FixedTokenSource(token), new() { Endpoints = LineEndpoints.At(addresses.Gateway), Retry = LineRetry.None });
        try
        {
            return (await line.For(module.BotId!.Value).Channel.GetBotInfoAsync(cancellationToken)).Bot == module.BotId;
        }
        catch (LineApiException refusal) when (refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
