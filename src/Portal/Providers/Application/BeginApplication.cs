using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Purchasing;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>Somebody makes a company here in order to sell: organisation, owner and the application's first page at once.</summary>
public static class BeginApplication
{
    /// <param name="Name">As registered: 1 to 100 characters.</param>
    /// <param name="Country">TW, JP or TH.</param>
    [ForSignedIn]
    public sealed record Command(string? Name, string? Country, string? Number) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        public sealed record Begun(string Slug) : Result;

        /// <summary>The number cannot be a company's of this country.</summary>
        public sealed record WrongNumber : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).Must(name => !string.IsNullOrWhiteSpace(name)).MaximumLength(100);
            RuleFor(command => command.Country).Must(country => country is "TW" or "JP" or "TH");
            RuleFor(command => command.Number).NotEmpty().MaximumLength(40);
        }
    }

    public sealed class Handler(PortalDb db, TenantScope scope, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var number = RegistrationNumber.Normalize(request.Country!, request.Number);
            if (!RegistrationNumber.IsValid(request.Country!, number))
                return new Result.WrongNumber();

            var (name, now) = (request.Name!.Trim(), clock.GetUtcNow());
            // Read past the filter, for a slug that anybody has is taken; the unique index has the last word.
            var wished = OrganisationSlug.From(name);
            var slug = await db.Organisations.IgnoreQueryFilters().AnyAsync(row => row.Slug == wished, cancellationToken) ? OrganisationSlug.Another(name) : wished;
            var organisation = new Organisation { Id = TenantId.New(), Slug = slug, Name = name, Country = request.Country!, CreatedAt = now };
            scope.Enter(organisation.Id);
            var application = new ProviderApplication
            {
                Id = ApplicationId.New(), TenantId = organisation.Id, Round = 1, Country = organisation.Country, CompanyName = name, RegistrationNumber = number,
                LatinName = name.All(char.IsAscii) ? name : "", SupportEmail = current.Required.Email, CreatedAt = now,
            };
            application.Edit(current.Required.Id);
            db.AddRange(organisation, new Membership { TenantId = organisation.Id, PersonId = current.Required.Id, Role = Role.Owner }, application);
            audit.Add("organisation.made", $"organisation:{organisation.Id}", after: new { organisation.Slug, organisation.Name, organisation.Country });
            audit.Add("application.begun", $"application:{application.Id}", after: new { application.Round, application.RegistrationNumber });
            await db.SaveChangesAsync(cancellationToken);
            return new Result.Begun(slug);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/become-a-provider/begin", PostAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? name, [FromForm] string? country, [FromForm] string? number, IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.LocalRedirect(await mediator.Send(new Command(name, country, number), cancellationToken) is Result.Begun begun
                ? ProviderPath.Overview(begun.Slug)
                : Back("number"));
        }
        catch (ValidationException)
        {
            return TypedResults.LocalRedirect(Back("fields"));
        }

        // What was typed stands in the address again: nothing of it is secret.
        string Back(string said) => $"/become-a-provider?said={said}&name={Uri.EscapeDataString(name ?? "")}&country={Uri.EscapeDataString(country ?? "")}&number={Uri.EscapeDataString(number ?? "")}#begin";
    }
}
