using System.Diagnostics;
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

/// <summary>A provider says that its module's server knows the new secret: from now on deliveries are signed with that one, retries among them.</summary>
/// <remarks>The old secret goes on opening the token endpoints until its day is over.</remarks>
public static class SignWithNewSecret
{
    [ForDevelopment]
    public sealed record Command(ModuleId Id) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Also where it was so already.</summary>
        public sealed record Signs : Result;

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

            module.SignsWithPrevious = false;
            scope.ServiceProvider.GetRequiredService<AuditLog>().Add("developmentModule.signsWithNewSecret", $"module:{module.Id}", null, new { module.SignsWithPrevious }, module.TenantId);
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Signs();
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/dev/modules/{module:guid}/signing", PutAsync);
        routes.MapPost("/dev/modules/{module:guid}/signing", PostAsync).ForFormsOnly();
    }

    /// <summary>For programs.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        Guid module, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

        return await mediator.Send(new Command(new ModuleId(module)), cancellationToken) switch
        {
            Result.Signs => TypedResults.NoContent(),
            Result.NotFound => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound),
            Result.ChangedMeanwhile => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict),
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
