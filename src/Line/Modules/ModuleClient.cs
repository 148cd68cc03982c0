using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>What only a module channel may do: take and give back chats, list its accounts, leave one.</summary>
/// <remarks>Thread-safe. Refusals are <see cref="LineApiException"/>. Nothing is retried here. Source: LINE module.yml.</remarks>
public sealed class ModuleClient(HttpClient http, LineEndpoints endpoints, IChannelTokenSource tokens)
{
    /// <summary>Longest hold with a limit: 365 days.</summary>
    public static readonly TimeSpan TtlMax = TimeSpan.FromDays(365);

    /// <summary>LINE's page size, and its largest.</summary>
    public const int PageSizeMax = 100;

    private readonly LineApi _api = new(http, endpoints, tokens);

    /// <summary>Makes this channel the active one of a chat; whichever was active becomes standby.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="ttl">How long, 1 s to 365 days, in whole seconds; LINE's own default is an hour. Null: until released.</param>
    /// <param name="cancellationToken">Gives up waiting; the chat may be taken all the same.</param>
    public async Task<AcquireOutcome> AcquireAsync(BotId bot, ChatId chat, TimeSpan? ttl, CancellationToken cancellationToken = default)
    {
        if (ttl is { } limit && (limit < TimeSpan.FromSeconds(1) || limit > TtlMax))
            throw new ArgumentOutOfRangeException(nameof(ttl), limit, "A hold lasts 1 second to 365 days.");

        var answer = await _api.PostAsync($"/v2/bot/chat/{chat}/control/acquire", bot, writer =>
        {
            writer.WriteBoolean("expired"u8, ttl is not null);
            if (ttl is { } time)
                writer.WriteNumber("ttl"u8, (int)time.TotalSeconds);
        }, cancellationToken).ConfigureAwait(false);
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
    public async Task ReleaseAsync(BotId bot, ChatId chat, CancellationToken cancellationToken = default) =>
        (await _api.PostAsync($"/v2/bot/chat/{chat}/control/release", bot, writeBody: null, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Ends the attachment to an account. Stop calling for it at once; LINE follows a little later.</summary>
    public async Task DetachAsync(BotId bot, CancellationToken cancellationToken = default)
    {
        void WriteBot(Utf8JsonWriter writer) => writer.WriteString("botId"u8, bot.ToString());
        (await _api.PostAsync("/v2/bot/channel/detach", bot: null, WriteBot, cancellationToken).ConfigureAwait(false)).OrThrow();
    }

    /// <summary>One page of the accounts that this channel is attached to.</summary>
    /// <param name="start">Null for the first page, else <see cref="BotPage.Next"/>.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BotPage> GetBotsAsync(string? start = null, int limit = PageSizeMax, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageSizeMax);
        var query = string.Create(CultureInfo.InvariantCulture, $"/v2/bot/list?limit={limit}");
        if (start is not null)
            query += $"&start={Uri.EscapeDataString(start)}";

        var answer = (await _api.GetAsync(query, bot: null, cancellationToken).ConfigureAwait(false)).OrThrow();

        // Without the list itself the answer says nothing: read as an empty one, it would say that no account is attached any more.
        var bots = answer.Body.Array("bots") ?? throw answer.Unreadable("bots");
        return new BotPage([.. bots.EnumerateArray().Select(bot => BotInfo.Read(answer, bot))], answer.Body.Text("next"));
    }

    /// <summary>All accounts that this channel is attached to, page after page.</summary>
    public async IAsyncEnumerable<BotInfo> GetAllBotsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? next = null;
        do
        {
            var page = await GetBotsAsync(next, PageSizeMax, cancellationToken).ConfigureAwait(false);
            foreach (var bot in page.Bots)
                yield return bot;

            next = page.Next;
        }
        while (next is not null);
    }
}
