using System.Net;
using Line;
using Microsoft.Extensions.Options;

namespace ModuleGateway.Attaching;

/// <summary>Where an account's own channel sends its webhooks: points it here, and sees that it works.</summary>
internal sealed class OwnChannelEndpoint(IOptions<AttachingOptions> options)
{
    /// <summary>Our address for a channel's webhooks.</summary>
    public string OursFor(ChannelId id) => $"{options.Value.PublicUrl.TrimEnd('/')}/webhook/{id}";

    /// <summary>Points the channel here and has LINE try it.</summary>
    /// <param name="now">What LINE has for it at the moment.</param>
    public async Task<OwnChannelFault?> PointHereAsync(ChannelClient channel, ChannelId id, WebhookEndpoint? now, CancellationToken cancellationToken)
    {
        if (now?.Address != OursFor(id))
        {
            var (refusal, _) = await AskAsync(
                async () =>
                {
                    await channel.SetWebhookEndpointAsync(OursFor(id), cancellationToken);
                    return true;
                },
                OwnChannelFault.AddressRefused, cancellationToken);
            if (refusal is not null)
                return refusal;
        }

        return await TryAsync(channel, id, cancellationToken);
    }

    public async Task<OwnChannelFault?> CheckAsync(ChannelClient channel, ChannelId id, CancellationToken cancellationToken)
    {
        var (fault, now) = await AskAsync(() => channel.GetWebhookEndpointAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        return fault ?? (now?.Address == OursFor(id) ? await TryAsync(channel, id, cancellationToken) : OwnChannelFault.OtherAddress);
    }

    /// <summary>Asks LINE something in the channel's name.</summary>
    /// <param name="ask">The call.</param>
    /// <param name="refused">What it means when LINE takes id and secret but refuses the call.</param>
    /// <param name="cancellationToken">Of the caller, who then gets the cancellation.</param>
    public static async Task<(OwnChannelFault? Fault, T? Answer)> AskAsync<T>(Func<Task<T>> ask, OwnChannelFault refused, CancellationToken cancellationToken)
    {
        try
        {
            return (null, await ask());
        }
        catch (LineApiException refusal)
        {
            // Refusals of the token endpoint bear an OAuth code, those of the API do not.
            return (refusal.IsTransient ? OwnChannelFault.LineAway : refusal.ErrorCode is not null || refusal.Status == HttpStatusCode.Unauthorized ? OwnChannelFault.WrongSecret : refused, default);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (OwnChannelFault.LineAway, default);
        }
    }

    private async Task<OwnChannelFault?> TryAsync(ChannelClient channel, ChannelId id, CancellationToken cancellationToken)
    {
        // The switch first: it is the owner's to turn, while what the test finds is ours to mend.
        var (fault, now) = await AskAsync(() => channel.GetWebhookEndpointAsync(cancellationToken), OwnChannelFault.NoMessagingApi, cancellationToken);
        if (fault is not null)
            return fault;
        if (now is { IsActive: false })
            return OwnChannelFault.WebhookOff;

        (fault, var tried) = await AskAsync(() => channel.TestWebhookEndpointAsync(OursFor(id), cancellationToken), OwnChannelFault.NotReached, cancellationToken);
        return fault ?? (tried!.Succeeded ? null : OwnChannelFault.NotReached);
    }
}
