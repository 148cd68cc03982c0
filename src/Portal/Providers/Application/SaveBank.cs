using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Tenancy;

namespace Portal.Providers;

/// <summary>Where the company's money will go. The account's number is sealed at once and never shown whole again.</summary>
public static class SaveBank
{
    /// <param name="Account">Digits, 4 to 20; blanks and hyphens are forgiven.</param>
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, string BankCode, string Holder, string Account) : ICommand<PartResult>, IInOrganisation
    {
        // A record prints all its parts; an account's number is never printed.
        public override string ToString() => nameof(SaveBank);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.BankCode).MaximumLength(40);
            RuleFor(command => command.Holder).MaximumLength(100);
            RuleFor(command => command.Account).MaximumLength(40);
        }
    }

    public sealed class Handler(PartWriting writing, DocumentVault vault, AuditLog audit) : IRequestHandler<Command, PartResult>
    {
        public Task<PartResult> Handle(Command request, CancellationToken cancellationToken) =>
            writing.SaveAsync(audit, request.Organisation, ApplicationPart.Bank, application => Write(application, request), cancellationToken);

        private (object?, string?) Write(ProviderApplication application, Command request)
        {
            var account = RegistrationNumber.Normalize(application.Country, request.Account);
            if (account.Length is < 4 or > 20 || !account.All(char.IsAsciiDigit) || request.BankCode.Length == 0 || request.Holder.Length == 0)
                return (null, "bank");

            (application.BankCode, application.AccountHolder, application.AccountLast4) = (request.BankCode, request.Holder, account[^4..]);
            application.SealedAccount = vault.Seal(application.TenantId, account);
            application.AccountFingerprint = DocumentVault.Fingerprint(application.TenantId, account);
            return (new { application.BankCode, application.AccountHolder, Account = $"hmac:{application.AccountFingerprint[..16]}" }, null);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/bank", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? bank, [FromForm] string? holder, [FromForm] string? account, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Bank, await mediator.Send(new Command(member.Organisation.Id, bank?.Trim() ?? "", holder?.Trim() ?? "", account?.Trim() ?? ""), cancellationToken));
}
