using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Store;

namespace Portal.Purchasing;

/// <summary>What the holder of a signed link may know of an order: which module, and how far it has come. Nothing is changed.</summary>
public static class LookAtOrder
{
    [ForAnybody]
    public sealed record Query(OrderId Id) : IQuery<Glimpse?>;

    public sealed record Glimpse(string ModuleName, Stage Stage);

    public enum Stage
    {
        /// <summary>LINE has not said anything yet.</summary>
        AtLine,

        /// <summary>Consent was given; the buyer goes on where they are signed in.</summary>
        Consented,

        /// <summary>Consent was refused or failed; the buyer can try again where they are signed in.</summary>
        NotConsented,

        /// <summary>The order is confirmed.</summary>
        Confirmed,

        /// <summary>The gateway does not answer: not known for the moment.</summary>
        Unknown,
    }

    public sealed class Handler(PortalDb db, ModuleShelf shelf, GatewayClient gateway) : IRequestHandler<Query, Glimpse?>
    {
        public async Task<Glimpse?> Handle(Query request, CancellationToken cancellationToken)
        {
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (order is null)
                return null;

            var facts = await shelf.FactsAsync([order.ModuleId], cancellationToken);
            return new(facts[order.ModuleId].Name, await StageAsync(order, cancellationToken));
        }

        private async Task<Stage> StageAsync(Order order, CancellationToken cancellationToken)
        {
            if (order.State != OrderState.AtLine)
                return order.State switch { OrderState.Confirmed => Stage.Confirmed, OrderState.InReview => Stage.Consented, _ => Stage.NotConsented };

            try
            {
                var outcome = await gateway.FindAttachAsync(order.AttachRequestId!.Value, null, cancellationToken);
                return outcome?.State switch { AttachState.Attached => Stage.Consented, null or AttachState.Pending => Stage.AtLine, _ => Stage.NotConsented };
            }
            catch (GatewayUnavailableException)
            {
                return Stage.Unknown;
            }
        }
    }
}
