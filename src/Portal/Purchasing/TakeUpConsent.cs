using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>The buyer is back from LINE, in whatever browser: what the gateway learned there moves the order on, or back with a reason.</summary>
/// <remarks>
/// Only the buyer's own session does this, and only in the browser that came back from LINE: otherwise a buyer could send LINE's page to somebody
/// else's administrator, who sees no name of ours' buyers there, and claim that account. Safe to repeat.
/// </remarks>
public static class TakeUpConsent
{
    /// <param name="Proof">What the gateway gave the browser that came back from LINE.</param>
    [ForSignedIn]
    public sealed record Command(OrderId Id, string? Proof) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <summary>On to the review, or already beyond it.</summary>
        public sealed record Onward(OrderState State) : Result;

        /// <summary>Back on the plan; the order says why.</summary>
        public sealed record BackOnPlan(string ListingSlug, string PlanCode) : Result;

        /// <summary>LINE has not said anything yet.</summary>
        public sealed record StillAtLine(string ListingSlug, string PlanCode) : Result;

        /// <summary>Somebody agreed at LINE, but in another browser than this one.</summary>
        public sealed record OtherBrowser(string ListingSlug, string PlanCode) : Result;

        /// <summary>Not an order of this person, or one that has expired.</summary>
        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, OfferReader offers, BuyerAccounts accounts, TenantResolver resolver, GatewayClient gateway, AuditLog audit, CurrentPerson current, TimeProvider clock)
        : IRequestHandler<Command, Result>
    {
        /// <exception cref="GatewayUnavailableException">What happened at LINE cannot be learned at the moment.</exception>
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var order = await db.Set<Order>().SingleOrDefaultAsync(row => row.Id == request.Id && row.BuyerId == current.Required.Id, cancellationToken);
                if (order is null || !(order.State == OrderState.Confirmed || order.IsOpen(clock.GetUtcNow())))
                    return new Result.NotFound();

                if (order.State is OrderState.InReview or OrderState.Confirmed)
                    return new Result.Onward(order.State);
                if (order.State == OrderState.ChoosingAccount)
                    return new Result.BackOnPlan(order.ListingSlug, order.PlanCode);

                var outcome = await gateway.FindAttachAsync(order.AttachRequestId!.Value, request.Proof, cancellationToken);
                if (outcome is null or { State: AttachState.Pending })
                    return new Result.StillAtLine(order.ListingSlug, order.PlanCode);

                if (outcome is { State: AttachState.Attached, IsProven: false })
                    return new Result.OtherBrowser(order.ListingSlug, order.PlanCode);

                await MoveAsync(order, outcome, cancellationToken);
                audit.Add("order.backFromLine", $"order:{order.Id}", new { State = OrderState.AtLine }, new { order.State, order.Setback, order.BotId, outcome.Scopes }, order.TenantId);
                // Whether this save won or another tab's did: the next look finds the order moved and answers from there.
                await db.TrySaveAsync(cancellationToken);
                db.ChangeTracker.Clear();
            }
        }

        private async Task MoveAsync(Order order, AttachOutcome outcome, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            switch (outcome.State)
            {
                case AttachState.Refused:
                    order.ComeBackWithout(outcome, OrderSetback.RefusedAtLine, now);
                    return;
                case AttachState.Attached when outcome.BotId is { } bot:
                    var owner = await resolver.FindByBotAsync(bot, cancellationToken);
                    if (await SetbackOfAsync(order, outcome, owner, cancellationToken) is { } setback)
                        order.ComeBackWithout(outcome, setback, now);
                    else
                        order.ComeBackAttached(outcome, owner, now);
                    return;
                default:
                    order.ComeBackWithout(outcome, OrderSetback.LineFailed, now);
                    return;
            }
        }

        private async Task<OrderSetback?> SetbackOfAsync(Order order, AttachOutcome outcome, TenantId? owner, CancellationToken cancellationToken)
        {
            if (order.BotId is { } expected && expected != outcome.BotId)
                return OrderSetback.OtherAccount;

            if (owner is not null && (await accounts.CompaniesAsync(order.BuyerId, cancellationToken)).All(company => company.Id != owner))
                return OrderSetback.ForeignAccount;

            var offer = await offers.FindAsync(order.ListingSlug, order.PlanCode, cancellationToken);
            var granted = outcome.Scopes ?? [];
            return offer is null || offer.RequiredScopes.All(granted.Contains) ? null : OrderSetback.PermissionMissing;
        }
    }
}
