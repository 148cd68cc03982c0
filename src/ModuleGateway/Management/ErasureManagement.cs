using System.Text;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Retention;
using ModuleGateway.Routing;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>What the operator has forgotten at somebody's wish. The answer comes when it is gone from the store's files; who loses it asks again.</summary>
internal static class ErasureManagement
{
    public static void MapErasure(this RouteGroupBuilder management)
    {
        management.MapPost("/accounts/{botId}/erase-customer", EraseCustomerAsync);
        management.MapPost("/accounts/{botId}/erase", async (string botId, Eraser eraser, CancellationToken cancellationToken) =>
            BotId.TryParse(botId, null, out var bot) ? Answer(await eraser.EraseAccountAsync(bot, cancellationToken)) : Results.NotFound());
        management.MapPost("/linkages/{id:guid}/erase", async (Guid id, Eraser eraser, CancellationToken cancellationToken) => Answer(await eraser.EraseLinkageAsync(new LinkageId(id), cancellationToken)));
        management.MapPost("/organisations/{id:guid}/erase", async (Guid id, Eraser eraser, CancellationToken cancellationToken) =>
            Answer(await eraser.EraseOrganisationAsync(new TenantId(id), cancellationToken)));
    }

    /// <param name="UserId">LINE's id of the user as our channel sees it; with a linkage, as that linkage's module sees it.</param>
    /// <param name="LinkageId">A linkage of the account's; null: <paramref name="UserId"/> is LINE's.</param>
    internal sealed record Customer(string? UserId, Guid? LinkageId);

    private static async Task<IResult> EraseCustomerAsync(string botId, Customer customer, Eraser eraser, GatewayState state, CancellationToken cancellationToken)
    {
        if (!BotId.TryParse(botId, null, out var bot))
            return Results.NotFound();
        if (string.IsNullOrEmpty(customer.UserId))
            return Results.Json(new { message = "userId is missing: LINE's id of the customer, or with linkageId the one that its module sees." }, statusCode: 400);
        if (customer.LinkageId is not { } linkage)
            return Answer(await eraser.EraseCustomerAsync(bot, UpstreamId.Read(IdKind.User, Encoding.UTF8.GetBytes(customer.UserId), bot), cancellationToken));

        return state.Snapshot.Linkages.GetValueOrDefault(new LinkageId(linkage)) is { } linked && linked.Row.Bot == bot
            && IdText.TryReadFromModule(Encoding.UTF8.GetBytes(customer.UserId), bot, out var kind, out var seen) && kind == IdKind.User
            ? Answer(await eraser.EraseCustomerAsync(bot, new UpstreamId(IdKind.User, linked.Ids.FromModule(IdKind.User, seen), null), cancellationToken))
            : Results.NotFound();
    }

    private static IResult Answer(Erasure erasure) => erasure switch
    {
        Erasure.Done done => Results.Json(new { events = done.Events, deliveries = done.Deliveries }),
        Erasure.StillInUse used => Results.Json(new { message = used.Sentence }, statusCode: 409),
        _ => Results.NotFound(),
    };
}
