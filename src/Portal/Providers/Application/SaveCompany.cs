using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Tenancy;

namespace Portal.Providers;

/// <summary>Who the company is. Kept as written; what is wrong with it the page says.</summary>
public static class SaveCompany
{
    [ForMembers(Right.ManageProvider)]
    public sealed record Command(TenantId Organisation, string Country, string CompanyName, string LatinName, string Number, string Address, string SupportEmail) : ICommand<PartResult>, IInOrganisation;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Country).Must(country => country is "TW" or "JP" or "TH");
            RuleFor(command => command.CompanyName).MaximumLength(100);
            RuleFor(command => command.LatinName).MaximumLength(100);
            RuleFor(command => command.Number).MaximumLength(40);
            RuleFor(command => command.Address).MaximumLength(300);
            RuleFor(command => command.SupportEmail).MaximumLength(254);
        }
    }

    public sealed class Handler(PartWriting writing, AuditLog audit) : IRequestHandler<Command, PartResult>
    {
        public Task<PartResult> Handle(Command request, CancellationToken cancellationToken) =>
            writing.SaveAsync(audit, request.Organisation, ApplicationPart.Company, application => Write(application, request), cancellationToken);

        private static (object?, string?) Write(ProviderApplication application, Command request)
        {
            var number = RegistrationNumber.Normalize(request.Country, request.Number);
            if (number.Length > RegistrationNumber.LengthMax)
                return (null, "number");

            // A letter to another address, or a code for another company, proves nothing for this one.
            if (application.RegisteredAddress != request.Address || application.RegistrationNumber != number)
                application.ForgetCode();

            (application.Country, application.CompanyName, application.LatinName) = (request.Country, request.CompanyName, request.LatinName);
            (application.RegistrationNumber, application.RegisteredAddress, application.SupportEmail) = (number, request.Address, request.SupportEmail);
            return (new { application.Country, application.CompanyName, application.LatinName, application.RegistrationNumber, application.RegisteredAddress, application.SupportEmail }, null);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/provider/company", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageProvider)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(
        [FromForm] string country, [FromForm] string? name, [FromForm] string? latin, [FromForm] string? number, [FromForm] string? address, [FromForm] string? email,
        CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        ProviderPath.Answer(member, ApplicationPart.Company, await mediator.Send(
            new Command(member.Organisation.Id, country, Text(name), Text(latin), Text(number), Text(address), Text(email)), cancellationToken));

    private static string Text(string? field) => field?.Trim() ?? "";
}
