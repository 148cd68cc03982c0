using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Catalog;
using Portal.Identity;

namespace Portal.Listings;

/// <summary>The buttons beside a listing: out of the shop window, back in, and for good.</summary>
internal static class LifeForms
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var listing = routes.MapGroup("/o/{slug}/listings/{listing:guid}").WithMetadata(new NeedsRightAttribute(Right.EditListings));
        listing.MapPost("/unlist", UnlistAsync).ForFormsOnly();
        listing.MapPost("/relist", RelistAsync).ForFormsOnly();
        listing.MapPost("/retire", RetireAsync).ForFormsOnly();
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> UnlistAsync([FromRoute(Name = "listing")] Guid id, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new UnlistListing.Command(member.Organisation.Id, new ListingId(id)), cancellationToken) switch
        {
            UnlistListing.Result.Unlisted => To(member, "unlisted"),
            UnlistListing.Result.ChangedMeanwhile => To(member, "changed-meanwhile"),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<RedirectHttpResult, NotFound>> RelistAsync([FromRoute(Name = "listing")] Guid id, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var listing = new ListingId(id);
        return await mediator.Send(new TryWebhook.Query(member.Organisation.Id, listing, OfLive: true), cancellationToken) switch
        {
            TryWebhook.Result.GatewayAway => To(member, "gateway-away"),
            TryWebhook.Result.Tried tried => await mediator.Send(new RelistListing.Command(member.Organisation.Id, listing, tried.Probe), cancellationToken) switch
            {
                RelistListing.Result.Relisted => To(member, "relisted"),
                RelistListing.Result.WebhookFails => To(member, "webhook-refuses"),
                RelistListing.Result.NotCertified => To(member, "not-certified"),
                RelistListing.Result.ChangedMeanwhile => To(member, "changed-meanwhile"),
                _ => TypedResults.NotFound(),
            },
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> RetireAsync([FromRoute(Name = "listing")] Guid id, [FromForm] DateOnly? day, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new RetireListing.Command(member.Organisation.Id, new ListingId(id), day), cancellationToken) switch
        {
            RetireListing.Result.Retiring => To(member, "retiring"),
            RetireListing.Result.TooSoon => To(member, "retire-too-soon"),
            RetireListing.Result.ChangedMeanwhile => To(member, "changed-meanwhile"),
            _ => TypedResults.NotFound(),
        };

    private static RedirectHttpResult To(CurrentMember member, string said) => TypedResults.LocalRedirect($"{ListingPaths.All(member.Organisation.Slug)}?said={said}");
}
