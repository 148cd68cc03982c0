using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>The holder of the console's link becomes the first operator.</summary>
public static class BecomeFirstOperator
{
    [ForAnybody]
    public sealed record Command(string? Token, string? Name, string? Email, string? Passphrase) : ICommand<Result>
    {
        public override string ToString() => nameof(BecomeFirstOperator);
    }

    public abstract record Result
    {
        private Result() { }

        public sealed record Done(PersonId Id) : Result;

        public sealed record EmailTaken : Result;

        /// <summary>The link was used, is too old or is none, or there is an operator.</summary>
        public sealed record Dead : Result;
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

    public sealed class Handler(PortalDb db, AuditLog audit, FirstOperator first, PersonCredentials credentials, ConfirmationMail mail, Reader reader, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await first.IsOpenAsync(request.Token, cancellationToken) || !first.Use(request.Token))
                return new Result.Dead();

            var person = new Person
            {
                Id = PersonId.New(), DisplayName = request.Name!.Trim(), Email = request.Email!.Trim(), Language = reader.Language, IsOperator = true, CreatedAt = clock.GetUtcNow(),
            };
            db.Add(person);
            credentials.SetPassphrase(await credentials.OfAsync(person.Id, cancellationToken), request.Passphrase!);
            mail.Add(person);
            audit.Add("person.becameFirstOperator", $"person:{person.Id}");
            if (await db.TrySaveAsync(cancellationToken))
                return new Result.Done(person.Id);

            first.GiveBack(request.Token!);
            return new Result.EmailTaken();
        }
    }
}
