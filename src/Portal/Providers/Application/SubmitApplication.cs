using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Operations.Agreements;
using Portal.Operations.Approvals;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>The company hands its application in, for the first time or with its answers. Only a whole one.</summary>
public static class SubmitApplication
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Submitted : Result;

        /// <summary>Something is missing: the overview says what.</summary>
        public sealed record Incomplete : Result;

        /// <summary>Another organisation is certified under this number.</summary>
        public sealed record NumberTaken : Result;

        public sealed record Closed : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, ApprovalDesk desk, Agreements agreements, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var (application, now) = (await db.CurrentAsync(request.Organisation, cancellationToken), clock.GetUtcNow());
            if (application is not { IsOpen: true })
                return new Result.Closed();

            var agreed = await agreements.AcceptedCurrentAsync(AgreementKind.Provider, request.Organisation, cancellationToken);
            var gaps = ApplicationGaps.Of(
                application, await db.DocumentsOf(application.Id).AsNoTracking().ToListAsync(cancellationToken), await db.LastCheckAsync(application.Id, cancellationToken), agreed is not null, DateOnly.FromDateTime(now.UtcDateTime));
            if (gaps.Values.Any(gap => gap.Count > 0))
                return new Result.Incomplete();
            if (await db.Set<CertifiedCompany>().AnyAsync(row => row.Country == application.Country && row.Number == application.RegistrationNumber && row.OwnerId != request.Organisation, cancellationToken))
                return new Result.NumberTaken();

            var before = application.State;
            application.Agreed(agreed!);
            application.Submit(current.Required.Id, now);
            await desk.SubmitAsync(ApprovalKind.Certification, application.Id.Value, application.Version, application.TenantId, current.Required.Id, application.Editors, cancellationToken);
            audit.Add("application.submitted", $"application:{application.Id}", new { State = before }, new { application.State, application.Version, application.AgreementVersion });
            return await db.TrySaveAsync(cancellationToken) ? new Result.Submitted() : new Result.ChangedMeanwhile();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/submit", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var said = await mediator.Send(new Command(member.Organisation.Id), cancellationToken) switch
        {
            Result.Submitted => "submitted",
            Result.Incomplete => "incomplete",
            Result.NumberTaken => "taken",
            Result.Closed => "closed",
            _ => "changed",
        };
        return TypedResults.LocalRedirect($"{ProviderPath.Overview(member.Organisation.Slug)}?said={said}");
    }
}
