using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>Whether a webhook takes what is signed for its module and nothing else: tried before a listing is submitted, and every night.</summary>
internal static class ProbeManagement
{
    public static void MapProbe(this RouteGroupBuilder management) => management.MapPost("/modules/{id:guid}/probe", ProbeAsync);

    /// <param name="Url">What is tried; it need not be the one that deliveries go to.</param>
    internal sealed record ProbeRequest(string? Url);

    private static async Task<IResult> ProbeAsync(Guid id, ProbeRequest request, GatewayState state, ModuleEndpoints endpoints, ModuleSender sender, CancellationToken cancellationToken)
    {
        if (!state.Snapshot.Modules.TryGetValue(new ModuleId(id), out var module))
            return Results.NotFound();
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || !endpoints.MayCall(url))
            return Results.Json(new { genuine = 0, forged = 0, detail = AttemptDetails.NotCallable });

        // Side by side, so that a slow server is waited for once.
        var genuine = sender.ProbeAsync(module, url, isGenuine: true, cancellationToken);
        var forged = sender.ProbeAsync(module, url, isGenuine: false, cancellationToken);
        await Task.WhenAll(genuine, forged);
        return Results.Json(new { genuine = (await genuine).Status, forged = (await forged).Status, detail = (await genuine).Detail });
    }
}
