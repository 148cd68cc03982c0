using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>A buyer shows the id and secret of an account's own channel: LINE says whose it is. Nothing is changed at LINE.</summary>
/// <remarks>Who has the secret has the account's say, as its administrator has at LINE's consent; an account that another company connected stays that company's.</remarks>
public static class OfferChannel
{
    /// <param name="ChannelId">1 to 20 digits.</param>
    /// <param name="ChannelSecret">Passed on to the gateway and kept nowhere here.</param>
    [ForSignedIn]
    public sealed record Command(OrderId Id, string? ChannelId, string? ChannelSecret) : ICommand<Result>
    {
        // A record prints all its parts; a secret is never printed.
        public override string ToString() => $"{nameof(OfferChannel)} {Id}";
    }

    public abstract record Result
    {
        private Result() { }

        /// <summary>The account, and what will change at LINE.</summary>
        public sealed record Found(ChannelOffer Offer) : Result;

        public sealed record Refused(ChannelFault Fault) : Result;

        /// <summary>Another company has connected this account.</summary>
        public sealed record ForeignAccount : Result;

        /// <summary>Not the account that this order is for.</summary>
        public sealed record OtherAccount : Result;

        /// <summary>The module needs what no account's own channel can give.</summary>
        public sealed record PermissionMissing : Result;

        /// <summary>The buyer's role in the account's company does not include connecting accounts.</summary>
        public sealed record NotAllowed : Result;

        /// <summary>No open order of this person's that waits for an account.</summary>
        public sealed record NotFound : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.ChannelId).NotEmpty().Matches("^[0-9]{1,20}$");
            RuleFor(command => command.ChannelSecret).NotEmpty().MaximumLength(200);
        }
    }

    public sealed class Handler(PortalDb db, OfferReader offers, TenantResolver resolver, ChannelClient channels, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        /// <exception cref="GatewayUnavailableException">The gateway cannot be asked at the moment.</exception>
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id && row.BuyerId == current.Required.Id, cancellationToken);
            if (order is not { State: OrderState.AtLine, AttachRequestId: { } trip } || !order.IsOpen(clock.GetUtcNow()))
                return new Result.NotFound();

            var (fault, offer) = await channels.LookAsync(trip, request.ChannelId!, request.ChannelSecret!, cancellationToken);
            if (fault is { } said)
                return new Result.Refused(said);
            if (order.BotId is { } expected && expected != offer!.BotId)
                return new Result.OtherAccount();
            if (await offers.FindAsync(order.ListingSlug, order.PlanCode, cancellationToken) is { } plan && !plan.RequiredScopes.All(offer!.Scopes.Contains))
                return new Result.PermissionMissing();

            return await OwnerAsync(offer!, cancellationToken) ?? new Result.Found(offer!);
        }

        private async Task<Result?> OwnerAsync(ChannelOffer offer, CancellationToken cancellationToken)
        {
            if (await resolver.FindByBotAsync(offer.BotId, cancellationToken) is not { } owner)
                return null; // Nobody's yet: claimed when the order is confirmed.

            var membership = (await resolver.MembershipsOfAsync(current.Required.Id, cancellationToken)).SingleOrDefault(row => row.TenantId == owner);
            return membership is null ? new Result.ForeignAccount() : Rights.Has(membership.Role, Right.ConnectAccounts) ? null : new Result.NotAllowed();
        }
    }
}
