using Line;
using ModuleGateway.Control;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>The portal's side of open chats: the owner gives one back, or all of one holder.</summary>
internal static class OpenChatManagement
{
    /// <summary>Chats that one transaction gives back: the bot is kept waiting no longer than that.</summary>
    private const int AtOnceMax = 200;

    public static void MapOpenChats(this RouteGroupBuilder management) => management.MapPost("/accounts/{botId}/give-back", GiveBackAsync);

    /// <param name="Chat">One chat's handle; null: all chats of a holder.</param>
    /// <param name="WithLinkageId">Whose chats; null: LINE's own channel's.</param>
    private sealed record Body(string? Chat, Guid? WithLinkageId);

    /// <summary>Answers how many chats were given back; none where the one that was named has changed meanwhile.</summary>
    private static async Task<IResult> GiveBackAsync(string botId, Body body, IGatewayStore store, OpenChats chats, CancellationToken cancellationToken)
    {
        if (!BotId.TryParse(botId, null, out var bot))
            return Results.NotFound();
        if (body.Chat is { } handle)
            return Results.Json(new { given = await store.WriteAsync(tx => chats.GiveBack(tx, bot, handle), cancellationToken) ? 1 : 0 });

        LinkageId? with = body.WithLinkageId is { } id ? new LinkageId(id) : null;
        var given = 0;
        int batch;
        do
        {
            batch = await store.WriteAsync(tx => chats.GiveBackAll(tx, bot, with, AtOnceMax), cancellationToken);
            given += batch;
        }
        while (batch > 0);
        return Results.Json(new { given });
    }
}
