using System.Diagnostics;
using System.Security.Cryptography;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Development;

/// <summary>A provider gets a new channel secret for its module; the old one lives on beside it for a day.</summary>
/// <remarks>Both open the gateway's token endpoints. Deliveries are signed with the old one until the provider says otherwise (<see cref="SignWithNewSecret"/>) or the day is over.</remarks>
public static class RotateSecret
{
    [ForDevelopment]
    public sealed record Command(ModuleId Id) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Rotated(string ChannelSecret, DateTimeOffset PreviousSecretUntil) : Result;

        /// <summary>No module in development has this id.</summary>
        public sealed record NotFound : Result;

        /// <summary>Deliveries are still signed with the secret before the present one: say first that they need not be.</summary>
        public sealed record StillRotating : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(IServiceScopeFactory scopes, SecretProtector secrets, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Who may open the development door may change every module in development.");
            var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
            var module = await db.Modules.SingleOrDefaultAsync(row => row.Id == request.Id && row.IsDevelopment, cancellationToken);
            if (module is null)
                return new Result.NotFound();

            var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
            if (!module.TryRotateSecret(secrets.Protect(secret), clock.GetUtcNow()))
                return new Result.StillRotating();
            scope.ServiceProvider.GetRequiredService<AuditLog>().Add("developmentModule.secretRotated", $"module:{module.Id}", null, new { module.PreviousSecretUntil }, module.TenantId);
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Rotated(secret, module.PreviousSecretUntil!.Value);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/dev/modules/{module:guid}/secret", PutAsync);
        routes.MapPost("/dev/modules/{module:guid}/secret", PostAsync).ForFormsOnly();
    }

    /// <summary>For programs.</summary>
    private static async Task<Results<Ok<Result.Rotated>, ProblemHttpResult>> PutAsync(
        Guid module, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

        context.Response.Headers.CacheControl = "no-store";
        return await mediator.Send(new Command(new ModuleId(module)), cancellationToken) switch
        {
            Result.Rotated rotated => TypedResults.Ok(rotated),
            Result.NotFound => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound),
            Result.StillRotating => TypedResults.Problem("Deliveries are still signed with the previous secret. Say first that they are to be signed with the new one.", statusCode: StatusCodes.Status409Conflict),
            Result.ChangedMeanwhile => TypedResults.Problem("The module was changed meanwhile. Try again.", statusCode: StatusCodes.Status409Conflict),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>For the page: it shows afterwards what holds, whoever was faster.</summary>
    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid module, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.NotFound();

        return await mediator.Send(new Command(new ModuleId(module)), cancellationToken) is Result.NotFound
            ? TypedResults.NotFound()
            : TypedResults.LocalRedirect("/dev/modules");
    }
}
