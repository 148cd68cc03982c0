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

namespace Portal.Console;

/// <summary>The owner lets a module do more than its place in the stack allows, or no longer: remind customers while another one answers, speak to everybody.</summary>
public static class AllowModule
{
    /// <summary>What can be allowed: scopes of ours, which LINE is not asked for. Each is off at first.</summary>
    public static IReadOnlyList<string> Allowances { get; } = [Scopes.MessageNotify, Scopes.AccountShare];

    /// <param name="Allowance">One of <see cref="Allowances"/>.</param>
    /// <param name="On">False: no longer.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, LinkageId Id, string? Allowance, bool On) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Done : Result;

        /// <summary>No such module on an account of this organisation, or nothing that can be allowed.</summary>
        public sealed record NotFound : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!Allowances.Contains(request.Allowance))
                return new Result.NotFound();

            var linkage = await db.Linkages.SingleOrDefaultAsync(row => row.Id == request.Id && row.State != LinkageState.Ended, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();
            if (linkage.Scopes.Contains(request.Allowance!) == request.On)
                return new Result.Done(); // Pressed twice, or on two devices: it is as it was asked for.

            linkage.Scopes = request.On ? [.. linkage.Scopes, request.Allowance!] : [.. linkage.Scopes.Where(scope => scope != request.Allowance)];
            audit.Add(request.On ? "module.allowed" : "module.allowedNoLonger", $"linkage:{linkage.Id}", null, new { request.Allowance, linkage.Scopes });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();

            nudge.Due();
            return new Result.Done();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/allow", PostAsync).WithMetadata(new NeedsRightAttribute(Right.RunModules)).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        Guid linkage, [FromForm] string? allowance, [FromForm] bool on, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = new LinkageId(linkage);
        return await mediator.Send(new Command(member.Organisation.Id, id, allowance, on), cancellationToken) switch
        {
            Result.Done => Said.OnModule(member, on ? Said.Allowed : Said.AllowedNoLonger, id),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnModule(member, Said.ChangedMeanwhile, id),
            _ => throw new UnreachableException(),
        };
    }
}
