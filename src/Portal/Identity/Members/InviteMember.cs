using System.Diagnostics;
using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Audit;
using Portal.Frame;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Mail;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>An owner asks somebody by mail to join the organisation. Whether that address is known here, nobody learns.</summary>
public static class InviteMember
{
    /// <summary>Open invitations of one organisation at a time.</summary>
    public const int OpenMax = 50;

    private static readonly MailKind Kind = MailKind.Of<MembersTexts>("Invitation");

    [ForMembers(Right.ManageMembers)]
    public sealed record Command(TenantId Organisation, string? Email, Role Role) : ICommand<Result>, IInOrganisation;

    public enum Result { Invited, TooMany }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Email).NotEmpty().EmailAddress().MaximumLength(254);
            RuleFor(command => command.Role).IsInEnum();
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, MailOutbox mails, CurrentPerson current, Site site, Reader reader, IStringLocalizer<IdentityTexts> texts, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.Set<Invitation>().CountAsync(row => row.EndedAt == null && row.ExpiresAt > now, cancellationToken) >= OpenMax)
                return Result.TooMany;

            var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
            var organisation = await db.Organisations.SingleAsync(row => row.Id == request.Organisation, cancellationToken);
            var invitation = new Invitation
            {
                Id = Guid.CreateVersion7(),
                TenantId = request.Organisation,
                Email = request.Email!.Trim(),
                Role = request.Role,
                InvitedBy = current.Required.Id,
                TokenHash = Invitation.HashOf(token),
                CreatedAt = now,
                ExpiresAt = now + Invitation.Lifetime,
            };
            db.Add(invitation);

            // In the inviting person's language: what the other one reads is not asked, and must not depend on whether they are here.
            mails.Add(invitation.Email, reader.Language, Kind, site.InMail($"/invitations/{token}"),
                current.Required.DisplayName, organisation.Name, texts[$"Role.{request.Role}"], reader.Date(DateOnly.FromDateTime(invitation.ExpiresAt.UtcDateTime)));
            audit.Add("member.invited", $"invitation:{invitation.Id}", after: new { invitation.Email, invitation.Role, invitation.ExpiresAt });
            await db.SaveChangesAsync(cancellationToken);
            return Result.Invited;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/members/invite", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageMembers)).RequireFreshSignIn().ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? email, [FromForm] string? role, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            var given = Enum.TryParse<Role>(role, out var parsed) ? parsed : (Role)(-1);
            return MembersPage.To(member, await mediator.Send(new Command(member.Organisation.Id, email, given), cancellationToken) switch
            {
                Result.Invited => "invited",
                Result.TooMany => "too-many",
                _ => throw new UnreachableException(),
            });
        }
        catch (ValidationException)
        {
            return MembersPage.To(member, "email-wrong");
        }
    }
}
