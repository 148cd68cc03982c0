using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModuleGateway.Control;
using ModuleGateway.Routing;
using ModuleGateway.Metering;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>What the portal asks of the gateway: consents, state of an account, what could not be routed, what passes.</summary>
internal static class ManagementEndpoints
{
    /// <summary>Open chats that are listed one by one; all are counted.</summary>
    private const int OpenChatsShownMax = 30;

    /// <summary>What ends within this time ends soon.</summary>
    private static readonly TimeSpan SoonTime = TimeSpan.FromHours(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Lets nobody in without the key, before anything of the request is read.</summary>
    public static void UseManagementKey(this WebApplication app)
    {
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + app.Services.GetRequiredService<IOptions<ManagementOptions>>().Value.Key));
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/management", StringComparison.OrdinalIgnoreCase), branch => branch.Use(async (http, next) =>
        {
            if (CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()))))
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = 401;
            await http.Response.WriteAsJsonAsync(new { message = "The management API needs its key: Authorization: Bearer {Management:Key}." }, http.RequestAborted);
        }));
    }

    /// <returns>The group that only callers with the key get into, for rooms that have something to manage.</returns>
    public static RouteGroupBuilder MapManagement(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ManagementOptions>>().Value;
        var management = app.MapGroup("/management");
        management.MapPost("/registry-changed", (RegistryFollower follower) =>
        {
            follower.Nudge();
            return Results.Accepted();
        });
        management.MapGet("/registry", (RegistryFollower follower) => Results.Json(new { appliedRevision = follower.AppliedRevision }));
        management.MapGet("/accounts/{botId}", ShowAccountAsync);
        management.MapGet("/unroutable", ListUnroutableAsync);
        if (options.LiveTail)
            management.MapGet("/tail", TailAsync);
        return management;
    }

    private static async Task<IResult> ShowAccountAsync(string botId, IGatewayStore store, AcceptedSends accepted, OpenChats openChats, StoreClock clock, CancellationToken cancellationToken)
    {
        if (!BotId.TryParse(botId, null, out var bot))
            return Results.NotFound();

        var now = clock.GetUtcNow();
        var today = SentOnDay.DayOf(now);
        await accepted.WriteAsync(cancellationToken);
        var shown = await store.ReadAsync(
            tx => tx.Control.Account(bot) is not { } account ? null : new
            {
                botId,
                epoch = account.LastEpoch,
                connection = account.Connection.ToString().ToLowerInvariant(),
                ownChannel = tx.OwnChannels.Find(account.Channel) is { LeaveDueAt: null } own ? new { channelId = own.Id.ToString(), webhookUrlBefore = own.EndpointBefore } : null,
                defaultLinkageId = account.DefaultLinkage?.Value,
                linkages = tx.Control.LinkagesOf(bot).Select(row =>
                {
                    var summary = tx.Deliveries.Summary(row.Id);
                    return new
                    {
                        linkageId = row.Id.Value,
                        state = JsonNamingPolicy.CamelCase.ConvertName(row.State.ToString()),
                        messagesToday = tx.Meter.Days(row.Id, today, today).Sum(day => day.Recipients + day.Replies),
                        owed = summary.Owed,
                        testChats = row.State == LinkageState.InSetUp ? tx.Control.TestChats(row.Id).Count : 0,
                        lastDelivery = summary.LastAt is { } at ? new { at, status = summary.LastStatus, outcome = summary.LastError ?? "delivered" } : null,
                    };
                }).ToList(),
                openByHolder = tx.Control.CountOpen(bot, now, now + SoonTime).Select(count => new { holderLinkageId = count.With?.Value, chats = count.Chats, endingSoon = count.EndingSoon }).ToList(),
                openChats = tx.Control.Open(bot, now, OpenChatsShownMax).Select(chat => new
                {
                    handle = openChats.HandleOf(chat),
                    kind = chat.Key.Kind.ToString().ToLowerInvariant(),
                    holderLinkageId = chat.OpenWith?.Value,
                    isPrimary = chat.OpenWith is null,
                    since = chat.HeldSince,
                    expiresAt = chat.ExpiresAt,
                    epoch = chat.Epoch,
                }).ToList(),
            },
            cancellationToken);
        return shown is null ? Results.NotFound() : Results.Json(shown, Json);
    }

    private static async Task<IResult> ListUnroutableAsync(IGatewayStore store, CancellationToken cancellationToken, int limit = 100)
    {
        var rows = await store.ReadAsync(tx => tx.Events.Unroutable(Math.Clamp(limit, 1, 1000)), cancellationToken);
        return Results.Json(new
        {
            events = rows.Select(row => new
            {
                id = row.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture),
                receivedAt = row.ReceivedAt,
                channelId = row.Channel?.ToString(),
                botId = row.Bot.ToString(),
                type = row.Type,
                reason = JsonNamingPolicy.CamelCase.ConvertName(row.State.ToString()),
            }),
        });
    }

    private static async Task TailAsync(HttpContext http, LiveTail tail, string? botId)
    {
        if (!BotId.TryParse(botId, null, out var bot))
        {
            http.Response.StatusCode = 400;
            return;
        }

        using var watch = tail.Open(bot); // Before the first word: who has heard that it is open misses nothing.
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync(": open\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        try
        {
            await foreach (var entry in watch.Entries.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync($"data: {JsonSerializer.Serialize(entry, Json)}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The watcher left.
        }
    }
}
