using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>The company names its privacy page; we look at it at once and keep what stood there.</summary>
public static class SavePrivacy
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, string Url) : ICommand<PartResult>, IInOrganisation;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Url).NotEmpty().MaximumLength(2000);
    }

    internal sealed class Handler(PortalDb db, PrivacyLook privacy, AuditLog audit, CurrentPerson current) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var application = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (application is null || !application.Edit(current.Required.Id))
                return new PartResult.Closed();

            var check = await privacy.LookAsync(application, request.Url, cancellationToken);
            // An address that was refused is not kept either: a later look would go there again.
            if (check.Fault is Outside.PageFault.BadAddress or Outside.PageFault.NotPublic)
            {
                db.ChangeTracker.Clear();
                return new PartResult.Refused($"page-{check.Fault.Value.ToString().ToLowerInvariant()}");
            }

            // The mailbox is on the domain of this page: of where it leads now, for the same address may lead elsewhere than it did when the code was sent.
            if (application.AuthorityWay == AuthorityWay.Mailbox && (application.PrivacyUrl != request.Url || !AuthorityCode.IsOnDomainOf(application.Mailbox ?? "", check.FinalUrl)))
                application.ForgetCode();

            application.PrivacyUrl = request.Url;
            db.Add(check);
            audit.Add("application.privacy", $"application:{application.Id}", after: new { request.Url, check.FinalUrl, check.Status, check.Fault, check.IsNameFound, PageHash = check.Hash });
            return await db.TrySaveAsync(cancellationToken) ? new PartResult.Saved(check.IsGood) : new PartResult.ChangedMeanwhile();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/privacy", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? url, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Privacy, string.IsNullOrWhiteSpace(url) || url.Length > 2000
            ? new PartResult.Refused("page-badaddress")
            : await mediator.Send(new Command(member.Organisation.Id, url.Trim()), cancellationToken));
}
