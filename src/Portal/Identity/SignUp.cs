using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A new person by name, e-mail and passphrase. They are in at once; the mail that proves the address may be answered later. An organisation comes with the first purchase.</summary>
public static class SignUp
{
    /// <param name="Name">As people call them: 1 to 100 characters.</param>
    [ForAnybody]
    public sealed record Command(string? Name, string? Email, string? Passphrase) : ICommand<Result>
    {
        /// <summary>Without the passphrase: a request may be logged.</summary>
        public override string ToString() => $"SignUp {{ Name = {Name}, Email = {Email} }}";
    }

    public abstract record Result
    {
        private Result() { }

        public sealed record SignedUp(PersonId Id) : Result;

        /// <summary>Somebody with this e-mail is here already. Signing up says so (ADR 0025); signing in and resetting do not.</summary>
        public sealed record EmailTaken : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).Must(name => !string.IsNullOrWhiteSpace(name)).MaximumLength(100);
            RuleFor(command => command.Email).NotEmpty().EmailAddress().MaximumLength(254);
            RuleFor(command => command.Passphrase).IsPassphrase(command => command.Email, command => command.Name);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Reader reader, PersonCredentials credentials, ConfirmationMail mail, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var email = request.Email!.Trim();
            if (await db.People.AnyAsync(person => person.Email == email, cancellationToken))
                return new Result.EmailTaken();

            var person = new Person
            {
                Id = PersonId.New(),
                DisplayName = request.Name!.Trim(),
                Email = email,
                Language = reader.Language,
                CreatedAt = clock.GetUtcNow(),
            };
            db.Add(person);
            credentials.SetPassphrase(await credentials.OfAsync(person.Id, cancellationToken), request.Passphrase!);
            mail.Add(person);
            audit.Add("person.signedUp", $"person:{person.Id}");
            return await db.TrySaveAsync(cancellationToken) ? new Result.SignedUp(person.Id) : new Result.EmailTaken();
        }
    }
}
