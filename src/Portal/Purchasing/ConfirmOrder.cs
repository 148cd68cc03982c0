using FluentValidation;
using MediatR;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>The buyer agrees on the review page: subscription and linkage, in set-up, come to be, and the organisation if there was none.</summary>
public static class ConfirmOrder
{
    /// <param name="Company">The buyer's organisation, where the order does not say it yet and they have several; null: the only one, or a new one.</param>
    /// <param name="NewCompanyName">For a buyer without an organisation: its name, 1 to 100 characters.</param>
    /// <param name="NewCompanyCountry">Likewise: TW, JP or TH.</param>
    /// <param name="AgreedTerms">What the review page said, as kept.</param>
    [ForSignedIn]
    public sealed record Command(OrderId Id, TenantId? Company, string? NewCompanyName, string? NewCompanyCountry, string AgreedTerms) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Done, now or by an earlier click.</summary>
        public sealed record Confirmed(OrderId Id) : Result;

        /// <summary>Not an order of this person, or one that has expired.</summary>
        public sealed record NotFound : Result;

        /// <summary>The order is not at the review: its page says where it is.</summary>
        public sealed record NotInReview(string ListingSlug, string PlanCode) : Result;

        /// <summary>Back on the plan; the order says why.</summary>
        public sealed record BackOnPlan(string ListingSlug, string PlanCode) : Result;

        /// <summary>A new organisation is to be made, and its name or country is missing.</summary>
        public sealed record CompanyNeeded : Result;

        /// <summary>The person may not buy for that organisation.</summary>
        public sealed record NotAllowed : Result;

        public sealed record AlreadyOn(string OrganisationSlug) : Result;

        public sealed record FreeUsedBefore : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.NewCompanyName).MaximumLength(100);
            RuleFor(command => command.NewCompanyCountry).Must(country => country is null or "" or "TW" or "JP" or "TH");
        }
    }

    public sealed class Handler(IServiceScopeFactory scopes, CurrentPerson current, RegistryNudge nudge) : IRequestHandler<Command, Result>
    {
        /// <summary>Each lost race leaves a row that the next look finds; three in a row would be three other purchases.</summary>
        private const int AttemptsMax = 4;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; attempt <= AttemptsMax; attempt++)
            {
                // A unit of work of its own for each attempt: a tenant is entered once, and a lost race starts from nothing.
                await using var scope = scopes.CreateAsyncScope();
                var result = await scope.ServiceProvider.GetRequiredService<OrderConfirmation>().TryAsync(request, current.Required.Id, attempt, cancellationToken);
                if (result is Result.Confirmed)
                    nudge.Due();
                if (result is not null)
                    return result;
            }

            throw new InvalidOperationException($"Order {request.Id} lost {AttemptsMax} races in a row.");
        }
    }
}
