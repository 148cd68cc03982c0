using Line;
using MediatR;
using Portal.Frame.Mediation;
using Portal.Gateway;

namespace Portal.Operations;

/// <summary>The operator looks for an event: by its id, by the id of a delivery, or by its chat.</summary>
/// <remarks>Only under <c>/operations</c>. What is looked for stands in the query of the address and is never logged: a chat's id is a person's.</remarks>
public static class FindEvent
{
    /// <param name="Id">An event's id, or a delivery's: ours or the one that a module saw. Null: by chat.</param>
    /// <param name="BotId">The chat's account.</param>
    /// <param name="ChatId">LINE's id of the chat, or one that a module sees.</param>
    [ForOperators]
    public sealed record Query(string? Id, string? BotId, string? ChatId) : IQuery<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <param name="Events">None: nobody knows it.</param>
        public sealed record Found(IReadOnlyList<EventWay> Events) : Result;

        /// <summary>Neither an id nor an account with a chat was given.</summary>
        public sealed record TooLittle : Result;

        public sealed record GatewayAway : Result;
    }

    public sealed class Handler(GatewayClient gateway) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            try
            {
                if (request.Id?.Trim() is { Length: > 0 } id)
                    return new Result.Found([.. await gateway.EventsAsync(id, cancellationToken), .. await gateway.EventsOfDeliveryAsync(id, cancellationToken)]);

                return BotId.TryParse(request.BotId?.Trim(), null, out var bot) && request.ChatId?.Trim() is { Length: > 0 } chat
                    ? new Result.Found(await gateway.EventsOfChatAsync(bot, chat, cancellationToken))
                    : new Result.TooLittle();
            }
            catch (GatewayUnavailableException)
            {
                return new Result.GatewayAway();
            }
        }
    }
}
