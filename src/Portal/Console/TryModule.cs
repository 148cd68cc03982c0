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

namespace Portal.Console;

/// <summary>The owner tries a module in set-up from a phone: asks for the code that makes a chat its test chat, or ends the trying.</summary>
public static class TryModule
{
    /// <param name="Stop">False: a new code is asked for.</param>
    [ForMembers(Right.RunModules)]
    public sealed record Command(TenantId Organisation, LinkageId Id, bool Stop) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Done : Result;

        public sealed record NotFound : Result;

        /// <summary>It is not in set-up any more.</summary>
        public sealed record ChangedMeanwhile : Result;

        /// <summary>It may not both hear and speak: there is nothing to try.</summary>
        public sealed record CannotAnswer : Result;

        /// <summary>As many phones try it as may.</summary>
        public sealed record EnoughChats : Result;

        /// <summary>The gateway does not answer, has not seen the purchase yet, or has too many codes out on this account.</summary>
        public sealed record Later : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, GatewayClient gateway) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (linkage is null)
                return new Result.NotFound();

            try
            {
                var result = request.Stop ? await StopAsync(linkage.Id, cancellationToken) : Read(await gateway.AskTestCodeAsync(linkage.Id, cancellationToken));
                if (result is Result.Done)
                {
                    audit.Add(request.Stop ? "trial.stopped" : "trial.codeAsked", $"linkage:{linkage.Id}");
                    await db.SaveChangesAsync(cancellationToken);
                }

                return result;
            }
            catch (GatewayUnavailableException)
            {
                return new Result.Later();
            }
        }

        private async Task<Result> StopAsync(LinkageId id, CancellationToken cancellationToken)
        {
            await gateway.StopTestChatsAsync(id, cancellationToken);
            return new Result.Done();
        }

        private static Result Read(TestCodeAnswer? answer) => answer switch
        {
            { Code: not null } => new Result.Done(),
            { Refusal: "notInSetUp" } => new Result.ChangedMeanwhile(),
            { Refusal: "noPermission" } => new Result.CannotAnswer(),
            { Refusal: "enoughChats" } => new Result.EnoughChats(),
            _ => new Result.Later(),
        };
    }

    public static string Address(string organisationSlug, LinkageId linkage) => $"{Purchasing.OrderPath.Module(organisationSlug, linkage)}/try";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var needed = new NeedsRightAttribute(Right.RunModules);
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/try-code", AskAsync).WithMetadata(needed).ForFormsOnly();
        routes.MapPost("/o/{slug}/modules/{linkage:guid}/try-stop", StopAsync).WithMetadata(needed).ForFormsOnly();
    }

    private static Task<Results<RedirectHttpResult, NotFound>> AskAsync(Guid linkage, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        SendAsync(new(member.Organisation.Id, new LinkageId(linkage), Stop: false), said: null, member, mediator, cancellationToken);

    private static Task<Results<RedirectHttpResult, NotFound>> StopAsync(Guid linkage, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        SendAsync(new(member.Organisation.Id, new LinkageId(linkage), Stop: true), Said.TryStopped, member, mediator, cancellationToken);

    private static async Task<Results<RedirectHttpResult, NotFound>> SendAsync(Command command, string? said, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(command, cancellationToken) switch
        {
            Result.Done => Said.OnTry(member, said, command.Id),
            Result.NotFound => TypedResults.NotFound(),
            Result.ChangedMeanwhile => Said.OnModule(member, Said.ChangedMeanwhile, command.Id),
            Result.CannotAnswer => Said.OnTry(member, Said.CannotBeTried, command.Id),
            Result.EnoughChats => Said.OnTry(member, Said.EnoughTestChats, command.Id),
            Result.Later => Said.OnTry(member, Said.GatewayAway, command.Id),
            _ => throw new UnreachableException(),
        };
}
