using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Line;
using Sandbox.Accounts;
using Sandbox.Http;

namespace Sandbox.Phone;

/// <summary>The side panel's feed: this platform's own entries, and the gateway's where it is configured.</summary>
internal static class TimelineApi
{
    public static void MapTimelineApi(this IEndpointRouteBuilder routes) => routes.MapGet("/phone/api/timeline/{botId}", Stream);

    private static IResult Stream(BotId botId, long? after, HttpContext http, AccountDirectory accounts, Timeline timeline, GatewayTail gateway, IHostApplicationLifetime lifetime)
    {
        if (!accounts.TryFind(botId, out _))
            return Results.Json(new { Code = "unknown", Message = "There is no such account." }, statusCode: 404);

        var seen = http.LastEventId() ?? after ?? 0;
        return ServerSent.Events(http, lifetime, token => Entries(botId, seen, timeline, gateway, token));
    }

    private static async IAsyncEnumerable<SseItem<string>> Entries(BotId botId, long seen, Timeline timeline, GatewayTail gateway, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (kept, live) = timeline.Watch(botId, seen);
        using var subscription = live;
        using var tail = gateway.Open(botId);
        // Tells the browser at once that it is connected, and whether the gateway's entries will come too.
        yield return new SseItem<string>(Json.Text(new { Gateway = gateway.IsConfigured }), "hello");
        foreach (var entry in kept)
            yield return Item(entry);

        await foreach (var entry in live.Reader.ReadAllAsync(cancellationToken))
            yield return Item(entry);
    }

    private static SseItem<string> Item(TimelineEntry entry) => new(Json.Text(entry), "entry")
    {
        EventId = entry.Id.ToString(CultureInfo.InvariantCulture),
    };
}
