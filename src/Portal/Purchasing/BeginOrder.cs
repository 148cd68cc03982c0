using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>A buyer settles on a plan and an account: the order begins, or an open one for the same module is taken up again.</summary>
public static class BeginOrder
{
    /// <param name="AccountId">One of the buyer's accounts; null: another one, picked at LINE.</param>
    /// <param name="AnotherServiceAnswers">The buyer's word on what answers today; null: not said.</param>
    /// <param name="ByOwnChannel">The account that is to be connected cannot be taken to LINE's consent: its own channel is, by the wizard.</param>
    /// <param name="ReturnAddress">Our address that LINE's return comes to, without its query.</param>
    [SavesByItself("The gateway is asked after the save; what comes back from LINE finds its order, also after a restart in between.")]
    [ForSignedIn]
    public sealed record Command(string ListingSlug, string PlanCode, OfficialAccountId? AccountId, bool? AnotherServiceAnswers, Uri ReturnAddress, bool ByOwnChannel = false) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Consent is needed: send the browser there.</summary>
        public sealed record ToLine(Uri Address) : Result;

        /// <summary>The account's own channel is asked for: send the browser to the wizard.</summary>
        public sealed record ToChannel(OrderId Id) : Result;

        /// <summary>The account has granted enough already.</summary>
        public sealed record ToReview(OrderId Id) : Result;

        /// <summary>No such listing, plan or account.</summary>
        public sealed record NotFound : Result;

        /// <summary>A sample listing: nothing stands behind it.</summary>
        public sealed record NotInstallable : Result;

        /// <summary>The plan costs something, and payment is not offered yet.</summary>
        public sealed record NotFree : Result;

        /// <summary>The module is on this account already.</summary>
        public sealed record AlreadyOn(string OrganisationSlug) : Result;

        /// <summary>The free plan was used on this account before.</summary>
        public sealed record FreeUsedBefore : Result;

        /// <summary>The way to LINE is closed for the moment; nothing is lost.</summary>
        public sealed record LineUnreachable : Result;
    }

    public sealed class Handler(
        PortalDb db, OfferReader offers, BuyerAccounts accounts, PriorUse priorUse, GatewayClient gateway, OrderLink links, AuditLog audit, CurrentPerson current, TimeProvider clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var offer = await offers.FindAsync(request.ListingSlug, request.PlanCode, cancellationToken);
            if (offer is null)
                return new Result.NotFound();
            if (!offer.IsInstallable)
                return new Result.NotInstallable();
            if (!offer.IsFree)
                return new Result.NotFree();

            if (request.AccountId is not { } accountId)
                return await SetOutAsync(request, offer, null, cancellationToken);

            var chosen = await accounts.FindAsync(current.Required.Id, accountId, cancellationToken);
            if (chosen is null)
                return new Result.NotFound();

            return await priorUse.FindAsync(chosen.Account.TenantId, chosen.Account.Id, offer.ModuleId, cancellationToken) switch
            {
                Prior.On => new Result.AlreadyOn(chosen.Company.Slug),
                Prior.FreeEnded => new Result.FreeUsedBefore(),
                _ when chosen.Grants(offer.RequiredScopes) => await ChooseAsync(request, offer, chosen.Account, cancellationToken),
                _ => await SetOutAsync(request, offer, chosen, cancellationToken),
            };
        }

        private async Task<Result> ChooseAsync(Command request, Offer offer, OfficialAccount account, CancellationToken cancellationToken)
        {
            var id = await SaveAsync(request, offer, order => order.Choose(account, clock.GetUtcNow()), cancellationToken);
            return new Result.ToReview(id);
        }

        private async Task<Result> SetOutAsync(Command request, Offer offer, BuyerAccount? chosen, CancellationToken cancellationToken)
        {
            var trip = Guid.CreateVersion7();
            var scopes = offer.ScopesToAskFor(chosen?.Connection?.Scopes ?? []);
            var id = await SaveAsync(request, offer, order => order.LeaveForLine(trip, chosen?.Account.TenantId, chosen?.Account.BotId, clock.GetUtcNow()), cancellationToken);
            if (request.ByOwnChannel)
                return new Result.ToChannel(id);

            var order = await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            var back = new Uri($"{request.ReturnAddress}?order={links.Seal(order)}");
            try
            {
                // Saved before asking: whatever comes back from LINE finds its order, also after a restart in between.
                return new Result.ToLine(await gateway.StartAttachAsync(new(trip, scopes, chosen?.Account.BasicId, null, back), cancellationToken));
            }
            catch (GatewayUnavailableException)
            {
                return new Result.LineUnreachable();
            }
        }

        /// <summary>The buyer's open order for this module, or a new one, moved and saved; a save that another tab was faster with is done again on what it left.</summary>
        private async Task<OrderId> SaveAsync(Command request, Offer offer, Func<Order, bool> move, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var order = await OpenOrderAsync(offer, cancellationToken);
                (order.PlanId, order.PlanCode, order.PriceId, order.AnotherServiceAnswers) = (offer.PlanId, offer.PlanCode, offer.Price.Id, request.AnotherServiceAnswers);
                var before = order.State;
                if (move(order))
                {
                    audit.Add("order.begun", $"order:{order.Id}", new { State = before }, new { order.State, order.ListingSlug, Plan = order.PlanId, order.BotId }, order.TenantId);
                    if (await db.TrySaveAsync(cancellationToken))
                        return order.Id;
                }

                // Not moved: it was confirmed or expired between two looks. Either way the next look makes a new one.
                db.ChangeTracker.Clear();
            }
        }

        private async Task<Order> OpenOrderAsync(Offer offer, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var oldest = now - Order.Lifetime;
            var open = await db.Set<Order>()
                .Where(order => order.BuyerId == current.Required.Id && order.ModuleId == offer.ModuleId && order.State != OrderState.Confirmed && order.BegunAt > oldest)
                .OrderByDescending(order => order.BegunAt).FirstOrDefaultAsync(cancellationToken);
            if (open is not null)
                return open;

            var begun = new Order
            {
                Id = OrderId.New(),
                BuyerId = current.Required.Id,
                ListingSlug = offer.ListingSlug,
                ModuleId = offer.ModuleId,
                PlanId = offer.PlanId,
                PlanCode = offer.PlanCode,
                PriceId = offer.Price.Id,
                BegunAt = now,
            };
            db.Add(begun);
            return begun;
        }
    }
}
