using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A new person by name and e-mail, without proof of either. Development only. An organisation comes with the first purchase.</summary>
public static class SignUp
{
    /// <param name="Name">As people call them: 1 to 100 characters.</param>
    [ForAnybody]
    public sealed record Command(string? Name, string? Email) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record SignedUp(PersonId Id) : Result;

        /// <summary>Somebody with this e-mail is here already; sign in as them instead.</summary>
        public sealed record EmailTaken : Result;

        /// <summary>Signing up in this way is switched off.</summary>
        public sealed record Closed : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).Must(name => !string.IsNullOrWhiteSpace(name)).MaximumLength(100);
            RuleFor(command => command.Email).NotEmpty().EmailAddress().MaximumLength(254);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Reader reader, TimeProvider clock, IOptions<IdentityOptions> options) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!options.Value.DevelopmentSignIn)
                return new Result.Closed();

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
            audit.Add("person.signedUp", $"person:{person.Id}");
            return await db.TrySaveAsync(cancellationToken) ? new Result.SignedUp(person.Id) : new Result.EmailTaken();
        }
    }
}
