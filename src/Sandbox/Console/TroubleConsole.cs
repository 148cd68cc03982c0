using Line;
using Microsoft.Extensions.Options;
using Sandbox.Api;
using Sandbox.Faults;
using Sandbox.Time;
using Sandbox.Webhooks;

namespace Sandbox.Console;

/// <summary>Orders faults, shows what was sent and called, and moves the time.</summary>
internal static class TroubleConsole
{
    public static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(10);

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/faults", (FaultBook faults) => faults.All());
        console.MapPost("/faults", AddFault);
        console.MapDelete("/faults", (FaultBook faults) => faults.Clear());

        console.MapGet("/log/webhooks", (string? channelId, string? botId, int? limit, WebhookLog log) =>
            TryFilter(channelId, botId, out var channel, out var bot) ? Results.Ok(log.Newest(channel, bot, limit ?? 100)) : Malformed);
        console.MapGet("/log/calls", (string? channelId, string? botId, int? limit, ApiLog log) =>
            TryFilter(channelId, botId, out var channel, out var bot) ? Results.Ok(log.Newest(channel, bot, limit ?? 100)) : Malformed);

        console.MapGet("/clock", (SandboxClock clock) => Now(clock));
        console.MapPost("/clock", (MoveRequest body, SandboxClock clock, IOptions<SandboxOptions> options) =>
        {
            if (!options.Value.ClockMovable)
                return Results.Json(new { Code = "notMovable", Message = "Sandbox:ClockMovable is off." }, statusCode: 409);
            if (body.Seconds is not (>= 0 and <= 31_536_000))
                return ConsoleAnswers.Invalid("seconds must be 0 to 31536000: time only goes forward.");

            clock.Move(TimeSpan.FromSeconds(body.Seconds.Value));
            return Results.Ok(Now(clock));
        });
    }

    private static IResult Malformed => ConsoleAnswers.Invalid("channelId must be digits, botId U and 32 hex digits.");

    private static object Now(SandboxClock clock) => new { Now = clock.GetUtcNow(), AheadSeconds = clock.Offset.TotalSeconds };

    private static IResult AddFault(FaultRequest body, FaultBook faults)
    {
        var delay = TimeSpan.FromMilliseconds(body.DelayMillis ?? 1000);
        if (body.Kind is not { } kind || body.Times is < 1 or > 100_000 || delay < TimeSpan.Zero || delay > DelayMax)
            return ConsoleAnswers.Invalid($"kind must be one of {string.Join(", ", Enum.GetNames<FaultKind>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}; times 1 to 100000; delayMillis 0 to 600000.");

        return Results.Json(faults.Add(kind, body.BotId, body.Path, body.Times ?? 1, delay), statusCode: 201);
    }

    private static bool TryFilter(string? channelText, string? botText, out ChannelId? channelId, out BotId? botId)
    {
        var isChannel = ChannelId.TryParse(channelText, null, out var channel) || channelText is null;
        var isBot = BotId.TryParse(botText, null, out var bot) || botText is null;
        channelId = channelText is null ? null : channel;
        botId = botText is null ? null : bot;
        return isChannel && isBot;
    }

    private sealed record FaultRequest(FaultKind? Kind, BotId? BotId, string? Path, int? Times, int? DelayMillis);

    private sealed record MoveRequest(double? Seconds);
}
