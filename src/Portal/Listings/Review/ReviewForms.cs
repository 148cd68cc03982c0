using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Catalog;
using Portal.Identity;

namespace Portal.Listings;

/// <summary>The reviewer's buttons. Under <c>/operations</c>, so for operators only.</summary>
internal static class ReviewForms
{
    private const string RemarkPrefix = "remark.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/operations/listings/{version:guid}/decide", DecideAsync).ForFormsOnly();
        routes.MapPost("/operations/listings/{listing:guid}/suspend", SuspendAsync).ForFormsOnly();
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> DecideAsync(Guid version, HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        if (!Enum.TryParse<DecideVersion.Decision>(form["decision"], out var decision) || !Enum.IsDefined(decision))
            return TypedResults.NotFound();

        var remarks = form.Where(field => field.Key.StartsWith(RemarkPrefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(field.Value))
            .ToDictionary(field => field.Key[RemarkPrefix.Length..], field => field.Value.ToString().Trim());
        var verdict = form["verdict"].ToString().Trim() is { Length: > 0 } word ? word : null;
        var id = new ListingVersionId(version);
        try
        {
            return await mediator.Send(new DecideVersion.Command(id, decision, form["fingerprint"], verdict, remarks), cancellationToken) switch
            {
                DecideVersion.Result.Done => TypedResults.LocalRedirect("/operations/listings?said=decided"),
                DecideVersion.Result.NotFound => TypedResults.NotFound(),
                var refused => TypedResults.LocalRedirect($"{ListingPaths.Review(id)}?said=review-{refused}"),
            };
        }
        catch (ValidationException)
        {
            return TypedResults.LocalRedirect($"{ListingPaths.Review(id)}?said=review-NoReason");
        }
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> SuspendAsync(Guid listing, HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var reason = form.ContainsKey("again") ? null : form["reason"].ToString().Trim();
        try
        {
            return await mediator.Send(new SuspendListing.Command(new ListingId(listing), reason), cancellationToken) switch
            {
                SuspendListing.Result.Done => TypedResults.LocalRedirect($"/operations/listings?said={(reason is null ? "let-in" : "suspended")}"),
                SuspendListing.Result.NotCertified => TypedResults.LocalRedirect("/operations/listings?said=not-certified"),
                SuspendListing.Result.ChangedMeanwhile => TypedResults.LocalRedirect("/operations/listings?said=changed-meanwhile"),
                _ => TypedResults.NotFound(),
            };
        }
        catch (ValidationException)
        {
            return TypedResults.LocalRedirect("/operations/listings?said=review-NoReason");
        }
    }
}
