using System.Diagnostics;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Mail;
using Portal.Operations.Approvals;
using Portal.Store;

namespace Portal.Providers;

/// <summary>What a reviewer does with an application short of deciding: take it up, ask about a part, note what was found, send the letter.</summary>
public static class ReviewApplication
{
    public enum Act { TakeUp, Ask, Findings, Letter }

    /// <param name="Part">For <see cref="Act.Ask"/>: about which part.</param>
    /// <param name="Text">The question, or what the register says.</param>
    /// <param name="Authority">For <see cref="Act.Findings"/>: which proof of authority is accepted; null: none.</param>
    /// <param name="Site">Our own origin, for the mail's link.</param>
    [ForOperators]
    public sealed record Command(ApplicationId Id, Act Act, ApplicationPart? Part, string? Text, AuthorityWay? Authority, string Site) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <param name="LetterCode">For <see cref="Act.Letter"/>: to be printed, shown this once.</param>
        public sealed record Done(string? LetterCode = null) : Result;

        /// <summary>It does not fit: somebody was faster, or the words are missing.</summary>
        public sealed record DoesNotFit : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Act).IsInEnum();
            RuleFor(command => command.Text).MaximumLength(ApplicationNote.TextMax);
        }
    }

    public sealed class Handler(PortalDb db, ApprovalDesk desk, AuditLog audit, DocumentVault vault, MailOutbox mails, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var application = await db.Set<ProviderApplication>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (application is null)
                return new Result.NotFound();

            var before = application.State;
            string? code = null;
            var fits = request.Act switch
            {
                Act.TakeUp => application.TakeUp(),
                Act.Ask => await AskAsync(application, request, cancellationToken),
                Act.Findings => Note(application, request),
                Act.Letter => (code = Letter(application)) is not null,
                _ => throw new UnreachableException(),
            };
            if (!fits)
                return new Result.DoesNotFit();

            audit.Add(
                request.Act switch { Act.TakeUp => "application.taken-up", Act.Ask => "application.asked", Act.Findings => "application.findings", _ => "application.letter" },
                $"application:{application.Id}", new { State = before },
                new { application.State, request.Part, application.AuthorityAccepted, application.RegistryEvidence }, application.TenantId);
            return await db.TrySaveAsync(cancellationToken) ? new Result.Done(code) : new Result.DoesNotFit();
        }

        private async Task<bool> AskAsync(ProviderApplication application, Command request, CancellationToken cancellationToken)
        {
            if (request.Part is not { } part || string.IsNullOrWhiteSpace(request.Text) || (application.State != ApplicationState.MoreAsked && !application.Ask()))
                return false;

            await desk.WithdrawAsync(ApprovalKind.Certification, application.Id.Value, cancellationToken); // What is asked about is not voted on.
            db.Add(new ApplicationNote
            {
                Id = Guid.CreateVersion7(), TenantId = application.TenantId, ApplicationId = application.Id, Part = part, IsFromReviewer = true,
                AuthorId = current.Required.Id, Text = request.Text.Trim(), At = clock.GetUtcNow(),
            });
            foreach (var (email, language, slug) in await ProviderOwners.OfAsync(db, application.TenantId, cancellationToken))
                mails.Add(email, language, MailKind.Of<ProvidersTexts>("Asked"), request.Site + ProviderPath.Part(slug, part), application.CompanyName);
            return true;
        }

        private static bool Note(ProviderApplication application, Command request)
        {
            if (application.State is not (ApplicationState.InReview or ApplicationState.Submitted))
                return false;
            // A reviewer ticks what the company chose, and a code only when it was typed in rightly.
            if (request.Authority is { } accepted && (accepted != application.AuthorityWay || (accepted != AuthorityWay.PowerOfAttorney && !application.IsCodeProven)))
                return false;

            (application.RegistryEvidence, application.AuthorityAccepted) = (string.IsNullOrWhiteSpace(request.Text) ? null : request.Text.Trim(), request.Authority);
            application.Touch();
            return true;
        }

        private string? Letter(ProviderApplication application)
        {
            if (application.AuthorityWay != AuthorityWay.Letter || application.IsCodeProven || ApplicationStates.IsEnded(application.State) || application.State == ApplicationState.Draft)
                return null;

            var (code, now) = (AuthorityCode.New(), clock.GetUtcNow());
            (application.SealedCode, application.CodeUntil, application.CodeTries, application.LetterSentAt) = (vault.Seal(application.TenantId, code), now + AuthorityCode.LetterHolds, 0, now);
            application.Touch();
            return code;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/operations/providers/{id:guid}/{act}", PostAsync).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound, ContentHttpResult>> PostAsync(
        Guid id, string act, [FromForm] string? part, [FromForm] string? text, [FromForm] AuthorityWay? authority, Site site, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Act>(act, ignoreCase: true, out var known) || !Enum.IsDefined(known) || char.IsAsciiDigit(act[0]))
            return TypedResults.NotFound();

        var application = new ApplicationId(id);
        return await mediator.Send(new Command(application, known, ProviderPath.Parse(part), text, authority, site.InMail("")), cancellationToken) switch
        {
            Result.Done { LetterCode: { } code } => TypedResults.Text(code, "text/plain"), // To the printer; no page keeps it.
            Result.Done => TypedResults.LocalRedirect($"{ProviderPath.Review(application)}?said=done"),
            Result.DoesNotFit => TypedResults.LocalRedirect($"{ProviderPath.Review(application)}?said=changed"),
            _ => TypedResults.NotFound(),
        };
    }
}
