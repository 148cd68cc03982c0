using Microsoft.EntityFrameworkCore;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>The portal's side of a consent: it asks for one, and reads what came of it.</summary>
internal static class AttachManagement
{
    public static void MapAttachRequests(this RouteGroupBuilder management)
    {
        management.MapPost("/attach-requests", StartAttachAsync);
        management.MapGet("/attach-requests/{id:guid}", ShowAttachAsync);
    }

    private sealed record AttachRequestBody(Guid Id, string[]? Scopes, string? BasicSearchId, string? Region, string? ReturnUrl);

    private static async Task<IResult> StartAttachAsync(AttachRequestBody body, AttachFlow flow, CancellationToken cancellationToken)
    {
        if (body.Id == Guid.Empty || body.Scopes is not { Length: > 0 } || body.ReturnUrl is null || !flow.MayReturnTo(body.ReturnUrl))
            return Results.Json(new { message = "id, scopes and a returnUrl on one of Attaching:ReturnOrigins are expected." }, statusCode: 400);

        var url = await flow.StartAsync(body.Id, body.Scopes, body.BasicSearchId, body.Region, body.ReturnUrl, cancellationToken);
        return Results.Json(new { authorizeUrl = url.ToString() }, statusCode: 201);
    }

    private static async Task<IResult> ShowAttachAsync(Guid id, string? proof, LostAnswers requests, TenantScope scope, RegistryDb registry, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(id, cancellationToken) is not { } request)
            return Results.NotFound();

        scope.EnterEveryTenant("Connections belong to the gateway, not to a tenant.");
        var connection = request.Bot is { } bot ? await registry.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == bot, cancellationToken) : null;
        return Results.Json(new
        {
            id = request.Id,
            state = request.Outcome.ToString().ToLowerInvariant(),
            isProven = AttachFlow.IsProven(request, proof),
            botId = request.Bot?.ToString(),
            scopes = request.GrantedScopes,
            displayName = connection?.DisplayName,
            basicId = connection?.BasicId,
            pictureUrl = connection?.PictureUrl,
            error = request.Error,
            errorDescription = request.ErrorDescription,
        });
    }
}
