using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>An organisation applies: for the first time, anew after a refusal, or to renew. What it said last time is there again; documents and proofs are not.</summary>
public static class BeginRound
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation) : ICommand<PartResult>, IInOrganisation;

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentMember member, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var last = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (last is not null && !ApplicationStates.IsEnded(last.State))
                return new PartResult.Saved(); // Begun already, perhaps in another tab.

            var application = new ProviderApplication
            {
                Id = ApplicationId.New(), TenantId = request.Organisation, Round = (last?.Round ?? 0) + 1, Country = last?.Country ?? member.Organisation.Country,
                CompanyName = last?.CompanyName ?? member.Organisation.Name, LatinName = last?.LatinName ?? "", RegistrationNumber = last?.RegistrationNumber ?? "",
                RegisteredAddress = last?.RegisteredAddress ?? "", SupportEmail = last?.SupportEmail ?? current.Required.Email, PrivacyUrl = last?.PrivacyUrl,
                BankCode = last?.BankCode, AccountHolder = last?.AccountHolder, SealedAccount = last?.SealedAccount, AccountLast4 = last?.AccountLast4, AccountFingerprint = last?.AccountFingerprint,
                CreatedAt = clock.GetUtcNow(),
            };
            application.Edit(current.Required.Id);
            db.Add(application);
            audit.Add("application.begun", $"application:{application.Id}", after: new { application.Round, application.RegistrationNumber });
            return await db.TrySaveAsync(cancellationToken) ? new PartResult.Saved() : new PartResult.ChangedMeanwhile();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/begin", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new Command(member.Organisation.Id), cancellationToken);
        return TypedResults.LocalRedirect(ProviderPath.Overview(member.Organisation.Slug));
    }
}
