using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;

namespace Portal.Purchasing;

/// <summary>The buyer has seen what changes at LINE and says yes: the channel that was shown before is connected, and the order goes on as after a consent.</summary>
public static class ConnectChannel
{
    [ForSignedIn]
    public sealed record Command(OrderId Id) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <summary>Connected, and the order is in review.</summary>
        public sealed record Connected : Result;

        /// <summary>Connected, but not to be bought for; the order says why.</summary>
        public sealed record BackOnPlan(string ListingSlug, string PlanCode) : Result;

        public sealed record Refused(ChannelFault Fault) : Result;

        /// <summary>Nothing was shown within the hour: the form again.</summary>
        public sealed record NothingShown : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, ChannelClient channels, CurrentPerson current, IMediator mediator, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id && row.BuyerId == current.Required.Id, cancellationToken);
            if (order is null || !order.IsOpen(clock.GetUtcNow()))
                return new Result.NotFound();
            if (order is not { State: OrderState.AtLine, AttachRequestId: { } trip })
                return order.State == OrderState.InReview ? new Result.Connected() : new Result.NotFound(); // A double click's second post.

            var (fault, proof) = await channels.ConnectAsync(trip, cancellationToken);
            if (fault is { } said)
                return new Result.Refused(said);
            if (proof is null)
                return new Result.NothingShown();

            return await mediator.Send(new TakeUpConsent.Command(request.Id, proof), cancellationToken) switch
            {
                TakeUpConsent.Result.Onward => new Result.Connected(),
                TakeUpConsent.Result.BackOnPlan back => new Result.BackOnPlan(back.ListingSlug, back.PlanCode),
                _ => new Result.NotFound(),
            };
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/orders/{id:guid}/channel/connect", PostAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = new OrderId(id);
        try
        {
            return await mediator.Send(new Command(order), cancellationToken) switch
            {
                Result.Connected => TypedResults.LocalRedirect(OrderPath.ChannelConnected(order)),
                Result.BackOnPlan back => TypedResults.LocalRedirect(OrderPath.Account(back.ListingSlug, back.PlanCode)),
                Result.Refused refused => TypedResults.LocalRedirect($"{OrderPath.Channel(order)}?fault={refused.Fault}"),
                Result.NothingShown => TypedResults.LocalRedirect(OrderPath.Channel(order)),
                Result.NotFound => TypedResults.NotFound(),
                _ => throw new UnreachableException(),
            };
        }
        catch (GatewayUnavailableException)
        {
            return TypedResults.LocalRedirect($"{OrderPath.Channel(order)}?fault={ChannelFault.LineAway}");
        }
    }
}
