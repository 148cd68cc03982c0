using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A new person who came from LINE. No passphrase is asked for: LINE is how they come in.</summary>
public static class SignUpWithLine
{
    /// <param name="Arrival">From the sealed cookie, never from a form.</param>
    [ForAnybody]
    public sealed record Command(LineArrival Arrival, string? Name, string? Email) : ICommand<SignUp.Result>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).Must(name => !string.IsNullOrWhiteSpace(name)).MaximumLength(100);
            RuleFor(command => command.Email).NotEmpty().EmailAddress().MaximumLength(254);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Reader reader, PersonCredentials credentials, ConfirmationMail mail, TimeProvider clock) : IRequestHandler<Command, SignUp.Result>
    {
        public async Task<SignUp.Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var email = request.Email!.Trim();
            if (await db.People.AnyAsync(person => person.Email == email, cancellationToken))
                return new SignUp.Result.EmailTaken();

            var person = new Person { Id = PersonId.New(), DisplayName = request.Name!.Trim(), Email = email, Language = reader.Language, CreatedAt = clock.GetUtcNow() };
            db.Add(person);
            db.Add(LineSignIn.LoginOf((await credentials.OfAsync(person.Id, cancellationToken)).Id, request.Arrival));
            mail.Add(person);
            audit.Add("person.signedUp", $"person:{person.Id}", after: new { Way = SignInWay.Line });
            return await db.TrySaveAsync(cancellationToken) ? new SignUp.Result.SignedUp(person.Id) : new SignUp.Result.EmailTaken();
        }
    }
}
