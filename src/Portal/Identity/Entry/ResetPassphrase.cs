using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A new passphrase by the link that was mailed. It proves the address, and it signs every browser out.</summary>
/// <remarks>
/// Where the address had never been proved, somebody else may have signed up with it: what they left to get in by (passkeys, LINE, an authenticator) goes.
/// Otherwise an authenticator stays: a mailbox alone does not open what two things were to open.
/// </remarks>
public static class ResetPassphrase
{
    [ForAnybody]
    public sealed record Command(string? Token, string? Passphrase) : ICommand<bool>
    {
        public override string ToString() => nameof(ResetPassphrase);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Passphrase).IsPassphrase();
    }

    /// <summary>False: the link is too old, was used, or is none.</summary>
    public sealed class Handler(PortalDb db, AuditLog audit, ProofLinks links, PersonCredentials credentials, Sessions sessions) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            if (links.Read(ProofLinks.Reset, request.Token) is not var (person, stamp))
                return false;

            var own = await db.Set<Credentials>().SingleOrDefaultAsync(row => row.Id == person && row.SecurityStamp == stamp, cancellationToken);
            if (own is null)
                return false;

            if (!own.EmailConfirmed)
            {
                db.RemoveRange(await db.Set<IdentityUserPasskey<PersonId>>().Where(row => row.UserId == person).ToListAsync(cancellationToken));
                db.RemoveRange(await db.Set<IdentityUserLogin<PersonId>>().Where(row => row.UserId == person).ToListAsync(cancellationToken));
                db.RemoveRange(await db.Set<IdentityUserToken<PersonId>>().Where(row => row.UserId == person).ToListAsync(cancellationToken));
                own.TwoFactorEnabled = false;
            }

            own.EmailConfirmed = true;
            own.Succeed();
            credentials.SetPassphrase(own, request.Passphrase!);
            audit.Add("person.passphraseReset", $"person:{person}");
            if (!await db.TrySaveAsync(cancellationToken))
                return false;

            await sessions.EndAllAsync(person, except: null, cancellationToken);
            return true;
        }
    }
}
