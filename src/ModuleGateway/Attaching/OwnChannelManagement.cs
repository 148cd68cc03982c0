using Line;
using ModuleGateway.Store;

namespace ModuleGateway.Attaching;

/// <summary>The portal's side of an account's own channel. A secret comes in here and never goes out.</summary>
internal static class OwnChannelManagement
{
    private const int SecretMax = 200;

    public static void MapOwnChannels(this RouteGroupBuilder management)
    {
        management.MapPost("/attach-requests/{id:guid}/channel", LookAsync);
        management.MapPost("/attach-requests/{id:guid}/channel/connect", ConnectAsync);
        management.MapGet("/channels/{channelId}", ShowAsync);
        management.MapPut("/channels/{channelId}/secret", ReplaceSecretAsync);
        management.MapPost("/channels/{channelId}/check", CheckAsync);
        management.MapDelete("/channels/{channelId}", RemoveAsync);
    }

    private sealed record ChannelBody(string? ChannelId, string? ChannelSecret)
    {
        // A record prints all its parts; a secret is never printed.
        public override string ToString() => $"{nameof(ChannelBody)} {ChannelId}";
    }

    private static IResult Malformed { get; } = Results.Json(new { message = "channelId must be 1 to 20 digits, channelSecret 1 to 200 characters." }, statusCode: 400);

    private static async Task<IResult> LookAsync(Guid id, ChannelBody body, OwnChannelFlow flow, CancellationToken cancellationToken)
    {
        if (id == Guid.Empty || !ChannelId.TryParse(body.ChannelId, null, out var channel) || body.ChannelSecret is not { Length: >= 1 and <= SecretMax } secret)
            return Malformed;

        var (fault, offer) = await flow.LookAsync(id, channel, secret, cancellationToken);
        return fault is { } said ? said.Answer() : Results.Json(new
        {
            id,
            botId = offer!.Account.Bot.ToString(),
            displayName = offer.Account.DisplayName,
            basicId = offer.Account.BasicId,
            pictureUrl = offer.Account.PictureUrl,
            scopes = OwnChannelFlow.ScopesOfOwnChannel,
            webhookUrlNow = offer.EndpointNow,
        });
    }

    private static async Task<IResult> ConnectAsync(Guid id, OwnChannelFlow flow, CancellationToken cancellationToken) =>
        await flow.ConnectAsync(id, cancellationToken) switch
        {
            ({ } fault, _) => fault.Answer(),
            (_, { } proof) => Results.Json(new { proof }),
            _ => Results.NotFound(),
        };

    private static async Task<IResult> ShowAsync(string channelId, IGatewayStore store, CancellationToken cancellationToken)
    {
        if (!ChannelId.TryParse(channelId, null, out var channel) || await store.ReadAsync(tx => tx.OwnChannels.Find(channel), cancellationToken) is not { } row)
            return Results.NotFound();

        return Results.Json(new
        {
            channelId = row.Id.ToString(),
            botId = row.Bot.ToString(),
            addedAt = row.AddedAt,
            webhookUrlBefore = row.EndpointBefore,
            previousSecretUntil = row.PreviousUntil,
            isLeaving = row.LeaveDueAt is not null,
        });
    }

    private static async Task<IResult> ReplaceSecretAsync(string channelId, ChannelBody body, OwnChannelFlow flow, CancellationToken cancellationToken)
    {
        if (!ChannelId.TryParse(channelId, null, out var channel) || body.ChannelSecret is not { Length: >= 1 and <= SecretMax } secret)
            return Malformed;

        return Answer(await flow.ReplaceSecretAsync(channel, secret, cancellationToken));
    }

    private static async Task<IResult> CheckAsync(string channelId, OwnChannelFlow flow, CancellationToken cancellationToken) =>
        ChannelId.TryParse(channelId, null, out var channel) ? Answer(await flow.CheckAsync(channel, cancellationToken)) : Results.NotFound();

    private static async Task<IResult> RemoveAsync(string channelId, OwnChannelFlow flow, CancellationToken cancellationToken) =>
        ChannelId.TryParse(channelId, null, out var channel) && await flow.RemoveAsync(channel, cancellationToken) ? Results.NoContent() : Results.NotFound();

    private static IResult Answer((bool IsKnown, OwnChannelFault? Fault) result) =>
        !result.IsKnown ? Results.NotFound() : result.Fault is { } fault ? fault.Answer() : Results.NoContent();
}
