using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Mail;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>Somebody chooses how to show that they may act for the company. To a mailbox on its domain a code goes at once; a letter is sent by a reviewer.</summary>
public static class ChooseAuthority
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, AuthorityWay Way, string? Mailbox) : ICommand<PartResult>, IInOrganisation;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Way).IsInEnum();
            RuleFor(command => command.Mailbox).MaximumLength(254);
        }
    }

    public sealed class Handler(PortalDb db, DocumentVault vault, MailOutbox mails, Reader reader, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, PartResult>
    {
        public async Task<PartResult> Handle(Command request, CancellationToken cancellationToken)
        {
            var application = await db.CurrentAsync(request.Organisation, cancellationToken);
            if (application is null || !application.IsOpen)
                return new PartResult.Closed();

            var mailbox = request.Way == AuthorityWay.Mailbox ? request.Mailbox ?? "" : null;
            if (mailbox is not null && (await db.LastCheckAsync(application.Id, cancellationToken) is not { Fault: null } check || !AuthorityCode.IsOnDomainOf(mailbox, check.FinalUrl)))
                return new PartResult.Refused("mailbox-domain");

            application.Edit(current.Required.Id);
            application.ForgetCode();
            (application.AuthorityWay, application.Mailbox) = (request.Way, mailbox);
            if (mailbox is not null)
            {
                var code = AuthorityCode.New();
                (application.SealedCode, application.CodeUntil) = (vault.Seal(application.TenantId, code), clock.GetUtcNow() + AuthorityCode.MailHolds);
                mails.Add(mailbox, reader.Language, MailKind.Of<ProvidersTexts>("Code"), null, application.CompanyName, code);
            }

            audit.Add("application.authority", $"application:{application.Id}", after: new { application.AuthorityWay, application.Mailbox });
            return await db.TrySaveAsync(cancellationToken) ? new PartResult.Saved(LeadsOn: request.Way == AuthorityWay.Letter) : new PartResult.ChangedMeanwhile();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/authority", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] AuthorityWay? way, [FromForm] string? mailbox, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Authority, way is not { } chosen
            ? new PartResult.Refused("authority")
            : await mediator.Send(new Command(member.Organisation.Id, chosen, mailbox?.Trim()), cancellationToken));
}
