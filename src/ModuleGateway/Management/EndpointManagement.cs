using System.Text.Json;
using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>What is known of a module's endpoint, with the notices for its provider, and how it is switched on again.</summary>
internal static class EndpointManagement
{
    private const int NoticesShownMax = 50;

    public static void MapEndpoints(this RouteGroupBuilder management)
    {
        management.MapGet("/modules/{id:guid}/endpoint", ShowAsync);
        management.MapPost("/modules/{id:guid}/endpoint/switch-on", SwitchOnAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, IGatewayStore store, GatewayState state, CancellationToken cancellationToken)
    {
        if (!state.Snapshot.Modules.TryGetValue(new ModuleId(id), out var module))
            return Results.NotFound();

        var (row, notices, now) = await store.ReadAsync(tx => (tx.Endpoints.Find(module.Id), tx.Endpoints.Notices(module.Id, NoticesShownMax), tx.Now), cancellationToken);
        return Results.Json(new
        {
            moduleId = id,
            url = module.WebhookUrl.OriginalString,
            state = row?.Circuit switch { Circuit.Open => "down", Circuit.Off => "switchedOff", _ => "up" },
            since = row?.Since,
            probes = row?.Probes ?? 0,
            nextProbeAt = row?.ProbeAt,
            pausedUntil = row?.PausedUntil > now ? row.PausedUntil : null,
            notices = notices.Select(notice => new { at = notice.At, kind = JsonNamingPolicy.CamelCase.ConvertName(notice.Kind.ToString()), url = notice.Url }),
        });
    }

    /// <summary>Holds at once; whoever delivers hears of it within a second.</summary>
    private static async Task<IResult> SwitchOnAsync(Guid id, IGatewayStore store, GatewayState state, CancellationToken cancellationToken)
    {
        if (!state.Snapshot.Modules.TryGetValue(new ModuleId(id), out var module))
            return Results.NotFound();

        var isOn = await store.WriteAsync(
            tx =>
            {
                if (tx.Endpoints.Find(module.Id) is not { Circuit: Circuit.Off } off)
                    return false;

                tx.Endpoints.Put(new EndpointStateRow(module.Id, Circuit.Closed, module.WebhookUrl.OriginalString, tx.Now));
                tx.Endpoints.Tell(new EndpointNoticeRow(module.Id, tx.Now, EndpointNotice.Recovered, off.Url));
                return true;
            },
            cancellationToken);
        return isOn ? Results.NoContent() : Results.Json(new { code = "notSwitchedOff", message = "The module's endpoint is not switched off." }, statusCode: 409);
    }
}
