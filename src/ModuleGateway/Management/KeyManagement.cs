using System.Text.Json;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>What the operator does with keys: a new version of the master key, and the erasing of a linkage's ids.</summary>
internal static class KeyManagement
{
    public static void MapKeys(this RouteGroupBuilder management)
    {
        management.MapPost("/master-keys", RotateAsync);
        management.MapPost("/linkages/{id:guid}/erase-ids", EraseAsync);
    }

    private static async Task<IResult> RotateAsync(MasterKeys keys, CancellationToken cancellationToken) =>
        await keys.RotateAsync(cancellationToken) is { } made
            ? Results.Json(new { version = made.Version, currentFrom = made.CurrentFrom })
            : Results.Json(new { message = $"There are {MasterKeys.VersionMax} versions of the master key; no more fit into what is sealed." }, statusCode: 409);

    private static async Task<IResult> EraseAsync(Guid id, IdEraser eraser, CancellationToken cancellationToken)
    {
        var erased = await eraser.EraseAsync(new LinkageId(id), cancellationToken);
        return erased == ErasedIds.UnknownLinkage ? Results.NotFound() : Results.Json(new { ids = JsonNamingPolicy.CamelCase.ConvertName(erased.ToString()) });
    }
}
