using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Identity;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>The end of an order: leads to the module on its account, where set-up and Turn on are.</summary>
public static class GoToModule
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/orders/{id:guid}/done", GetAsync).WithMetadata(new SignedInOnlyAttribute());

    private static async Task<Results<RedirectHttpResult, NotFound>> GetAsync(
        Guid id, CurrentPerson current, OpenOrders orders, TenantResolver resolver, CancellationToken cancellationToken)
    {
        var order = await orders.FindAsync(current.Required.Id, new OrderId(id), cancellationToken);
        if (order is not { State: OrderState.Confirmed, LinkageId: { } linkage })
            return TypedResults.NotFound();

        // Somebody who has left the organisation since is a stranger to what they bought for it.
        var membership = (await resolver.MembershipsOfAsync(current.Required.Id, cancellationToken)).SingleOrDefault(row => row.TenantId == order.TenantId);
        return membership is null ? TypedResults.NotFound() : TypedResults.LocalRedirect(OrderPath.Module(membership.Organisation!.Slug, linkage));
    }
}
