using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Saves one section of the editor into the draft. What is live or in review is not touched by it.</summary>
public static class SaveSection
{
    /// <param name="Edition">The edition that the form was made from.</param>
    /// <param name="Fields">What was sent; the section takes its own fields out of it.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, EditorSection Section, string Language, int Edition, IReadOnlyDictionary<string, StringValues> Fields) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Saved(int Edition) : Result;

        /// <summary>Nothing is saved. The document as it was typed, for the form to show again.</summary>
        public sealed record Wrong(ListingDocument Typed, IReadOnlyList<ValidationFailure> Faults) : Result;

        /// <summary>Somebody saved since this form was made. Nothing is saved yet; saving once more puts this section over theirs.</summary>
        public sealed record ChangedMeanwhile(ListingDocument Typed, int Edition) : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        private static readonly DocumentValidator Validator = new();

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null || own.Standing == ListingStanding.Retired)
                return new Result.NotFound();

            var typed = SectionForm.Apply(own.Draft, request.Section, request.Language, request.Fields);
            var faults = (await Validator.ValidateAsync(typed, cancellationToken)).Errors.Where(fault => DocumentPaths.SectionOf(fault.PropertyName) == request.Section).ToList();
            if (faults.Count > 0)
                return new Result.Wrong(typed, faults);
            if (own.Edition != request.Edition)
                return new Result.ChangedMeanwhile(typed, own.Edition);
            if (DocumentPaths.Between(own.Draft, typed).Count == 0)
                return new Result.Saved(own.Edition);

            audit.Add("listing.draft-saved", $"listing:{own.Id}", new { own.Edition }, new { Section = request.Section.ToString(), Changed = DocumentPaths.Between(own.Draft, typed).Take(20).Select(change => change.Path) });
            own.Change(typed, clock.GetUtcNow());
            return await db.TrySaveAsync(cancellationToken) ? new Result.Saved(own.Edition) : new Result.ChangedMeanwhile(typed, request.Edition + 1);
        }
    }
}
