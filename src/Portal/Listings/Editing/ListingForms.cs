using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Catalog;
using Portal.Identity;

namespace Portal.Listings;

/// <summary>The buttons of the editor that lead on: undo, pictures, submit, take back. What is said afterwards stands in the next page's address.</summary>
internal static class ListingForms
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var needed = new NeedsRightAttribute(Right.EditListings);
        var listing = routes.MapGroup("/o/{slug}/listings/{listing:guid}").WithMetadata(needed);
        listing.MapPost("/undo", UndoAsync).ForFormsOnly();
        listing.MapPost("/picture", AddPictureAsync).ForFormsOnly();
        listing.MapPost("/picture/remove", RemovePictureAsync).ForFormsOnly();
        listing.MapPost("/submit", SubmitAsync).ForFormsOnly();
        listing.MapPost("/withdraw", WithdrawAsync).ForFormsOnly();
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> UndoAsync(
        [FromRoute(Name = "listing")] Guid id, [FromForm] int edition, [FromForm] string? section, [FromForm(Name = "in")] string? language, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new UndoSave.Command(member.Organisation.Id, new ListingId(id), edition), cancellationToken);
        if (result == UndoSave.Result.NotFound)
            return TypedResults.NotFound();

        return To(member, id, ListingPaths.TryParse(section, out var part) ? part : EditorSection.Basics, language, result == UndoSave.Result.Undone ? "undone" : "changed-meanwhile");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> AddPictureAsync(
        [FromRoute(Name = "listing")] Guid id, [FromForm] int edition, [FromForm] PictureKind kind, [FromForm] string? language, IFormFile? file, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var content = file is null || file.Length > PictureFile.BytesMax ? null : await ReadAsync(file, cancellationToken);
        if (file is { Length: > PictureFile.BytesMax })
            return To(member, id, EditorSection.Pictures, null, "picture-TooBig");

        return await mediator.Send(new AddPicture.Command(member.Organisation.Id, new ListingId(id), edition, kind, language ?? "", content), cancellationToken) switch
        {
            AddPicture.Result.Added => To(member, id, EditorSection.Pictures, null, "saved"),
            AddPicture.Result.Refused refused => To(member, id, EditorSection.Pictures, null, $"picture-{refused.Fault}"),
            AddPicture.Result.TooMany => To(member, id, EditorSection.Pictures, null, "picture-TooMany"),
            AddPicture.Result.ChangedMeanwhile => To(member, id, EditorSection.Pictures, null, "changed-meanwhile"),
            AddPicture.Result.NotFound => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> RemovePictureAsync(
        [FromRoute(Name = "listing")] Guid id, [FromForm] int edition, [FromForm] string? path, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new RemovePicture.Command(member.Organisation.Id, new ListingId(id), edition, path), cancellationToken) switch
        {
            RemovePicture.Result.Removed => To(member, id, EditorSection.Pictures, null, "saved"),
            RemovePicture.Result.ChangedMeanwhile => To(member, id, EditorSection.Pictures, null, "changed-meanwhile"),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<RedirectHttpResult, NotFound>> SubmitAsync([FromRoute(Name = "listing")] Guid id, [FromForm] int edition, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var listing = new ListingId(id);
        switch (await mediator.Send(new TryWebhook.Query(member.Organisation.Id, listing), cancellationToken))
        {
            case TryWebhook.Result.NothingToTry:
                return To(member, id, EditorSection.Addresses, null, "incomplete");
            case TryWebhook.Result.GatewayAway:
                return To(member, id, EditorSection.Addresses, null, "gateway-away");
            case TryWebhook.Result.Tried { Probe: { IsGreen: false } red }:
                return To(member, id, EditorSection.Addresses, null, red.Genuine == 200 ? "webhook-takes-all" : red.Genuine == 0 ? "webhook-silent" : "webhook-refuses");
            case TryWebhook.Result.Tried tried:
                return await mediator.Send(new SubmitListing.Command(member.Organisation.Id, listing, edition, tried.Probe), cancellationToken) switch
                {
                    SubmitListing.Result.InReview => To(member, id, EditorSection.Basics, null, "in-review"),
                    SubmitListing.Result.Live => To(member, id, EditorSection.Basics, null, "live"),
                    SubmitListing.Result.Incomplete => To(member, id, EditorSection.Basics, null, "incomplete"),
                    SubmitListing.Result.WebhookFails or SubmitListing.Result.ChangedMeanwhile => To(member, id, EditorSection.Basics, null, "changed-meanwhile"),
                    SubmitListing.Result.AlreadyInReview => To(member, id, EditorSection.Basics, null, "already-in-review"),
                    SubmitListing.Result.NothingNew => To(member, id, EditorSection.Basics, null, "nothing-new"),
                    SubmitListing.Result.NotCertified => To(member, id, EditorSection.Basics, null, "not-certified"),
                    SubmitListing.Result.NotAProvider => To(member, id, EditorSection.Basics, null, "not-a-provider"),
                    SubmitListing.Result.PlanChanged => To(member, id, EditorSection.Plans, null, "plan-changed"),
                    SubmitListing.Result.NotFound => TypedResults.NotFound(),
                    _ => throw new UnreachableException(),
                };
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> WithdrawAsync([FromRoute(Name = "listing")] Guid id, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        To(member, id, EditorSection.Basics, null, await mediator.Send(new WithdrawVersion.Command(member.Organisation.Id, new ListingId(id)), cancellationToken) == WithdrawVersion.Result.Withdrawn ? "withdrawn" : "nothing-waits");

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private static RedirectHttpResult To(CurrentMember member, Guid id, EditorSection section, string? language, string said) =>
        TypedResults.LocalRedirect(ListingPaths.Editor(member.Organisation.Slug, new ListingId(id), section, language, said));
}
