using System.Net;
using Line.Json;

namespace Line;

/// <summary>What only a module channel may do: take and give back chats, list its accounts, leave one.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Modules"/>. Refusals are <see cref="LineApiException"/>. Source: LINE module.yml.</remarks>
public sealed class ModuleClient
{
    /// <summary>Longest hold with a limit: 365 days.</summary>
    public static readonly TimeSpan TtlMax = TimeSpan.FromDays(365);

    /// <summary>LINE's page size, and its largest.</summary>
    public const int PageSizeMax = 100;

    private readonly LineApi _api;

    internal ModuleClient(LineApi api) => _api = api;

    /// <summary>Makes this channel the active one of a chat; whichever was active becomes standby.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="ttl">How long, 1 s to 365 days, in whole seconds; LINE's own default is an hour. Null: until released.</param>
    /// <param name="cancellationToken">Gives up waiting; the chat may be taken all the same.</param>
    public async Task<AcquireOutcome> AcquireAsync(BotId bot, ChatId chat, TimeSpan? ttl, CancellationToken cancellationToken = default)
    {
        if (ttl is { } limit && (limit < TimeSpan.FromSeconds(1) || limit > TtlMax))
            throw new ArgumentOutOfRangeException(nameof(ttl), limit, "A hold lasts 1 second to 365 days.");

        var answer = await _api.For(bot).SendAsync(LineCall.Post($"/v2/bot/chat/{chat}/control/acquire").Repeatable().With(writer =>
        {
            writer.WriteBoolean("expired"u8, ttl is not null);
            if (ttl is { } time)
                writer.WriteNumber("ttl"u8, (int)time.TotalSeconds);
        }), cancellationToken).ConfigureAwait(false);
        switch (answer.Status)
        {
            case HttpStatusCode.NotFound:
                return AcquireOutcome.NotInChat;
            case HttpStatusCode.Locked:
                return AcquireOutcome.JustTaken;
            default:
                answer.OrThrow();
                return AcquireOutcome.Acquired;
        }
    }

    /// <summary>Gives a chat back. Nothing happens when this channel is not active in it.</summary>
    public Task ReleaseAsync(BotId bot, ChatId chat, CancellationToken cancellationToken = default) =>
        _api.For(bot).DoAsync(LineCall.Post($"/v2/bot/chat/{chat}/control/release").Repeatable(), cancellationToken);

    /// <summary>Ends the attachment to an account. Stop calling for it at once; LINE follows a little later.</summary>
    public Task DetachAsync(BotId bot, CancellationToken cancellationToken = default)
    {
        var call = LineCall.Post("/v2/bot/channel/detach").With(writer => writer.WriteString("botId"u8, bot.ToString()));
        return _api.DoAsync(call with { IsOfChannel = true }, cancellationToken);
    }

    /// <summary>A page of the accounts that this channel is attached to.</summary>
    /// <param name="start">The last page's <c>Next</c>; null: the first.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<LinePage<BotInfo>> GetBotsAsync(string? start = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var call = LineCall.Get("/v2/bot/list", ("limit", Paging.Size(limit, PageSizeMax)), ("start", start)) with { IsOfChannel = true };
        var answer = (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow();

        // Without the list itself the answer says nothing: read as an empty one, it would say that no account is attached any more.
        var bots = answer.Body.Array("bots") ?? throw answer.Unreadable("bots");
        return new LinePage<BotInfo>([.. bots.EnumerateArray().Select(bot => BotInfo.Read(answer, bot))], answer.Body.Text("next"));
    }

    /// <summary>All accounts that this channel is attached to, page after page.</summary>
    public IAsyncEnumerable<BotInfo> GetAllBotsAsync(CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetBotsAsync(start, limit: null, token), cancellationToken);
}
