using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Development;

/// <summary>A provider says whether its module hears of holds that run out, beyond LINE, whose expiry is silent.</summary>
public static class SwitchExpiryNotices
{
    /// <param name="On">False: as at LINE, the module is told nothing.</param>
    [ForDevelopment]
    public sealed record Command(ModuleId Id, bool On) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Switched : Result;

        /// <summary>No module in development has this id.</summary>
        public sealed record NotFound : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(IServiceScopeFactory scopes, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Who may open the development door may change every module in development.");
            var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
            var module = await db.Modules.SingleOrDefaultAsync(row => row.Id == request.Id && row.IsDevelopment, cancellationToken);
            if (module is null)
                return new Result.NotFound();

            module.ExpiresSilently = !request.On;
            scope.ServiceProvider.GetRequiredService<AuditLog>().Add("developmentModule.expiryNoticesSwitched", $"module:{module.Id}", null, new { module.ExpiresSilently }, module.TenantId);
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Switched();
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/dev/modules/{module:guid}/expiry-notices", PutAsync);
        routes.MapPost("/dev/modules/{module:guid}/expiry-notices", PostAsync).ForFormsOnly();
    }

    private sealed record Body(bool On);

    /// <summary>For programs.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        Guid module, Body body, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

        return await mediator.Send(new Command(new ModuleId(module), body.On), cancellationToken) switch
        {
            Result.Switched => TypedResults.NoContent(),
            Result.NotFound => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound),
            Result.ChangedMeanwhile => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>For the page: it shows afterwards what holds, whoever was faster.</summary>
    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid module, [FromForm] bool on, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.NotFound();

        return await mediator.Send(new Command(new ModuleId(module), on), cancellationToken) is Result.NotFound
            ? TypedResults.NotFound()
            : TypedResults.LocalRedirect("/dev/modules");
    }
}
