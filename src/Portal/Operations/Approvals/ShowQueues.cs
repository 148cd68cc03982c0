using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Operations.Approvals;

/// <summary>Everything that waits for an operator's yes or no, the oldest first.</summary>
public static class ShowQueues
{
    public const int RowsMax = 200;

    [ForOperators]
    public sealed record Query : IQuery<View>;

    /// <param name="Total">How many wait; more than <see cref="RowsMax"/> are not shown.</param>
    public sealed record View(IReadOnlyList<Waiting> Rows, int Total, bool SingleOperator);

    /// <param name="Card">Null: the feature does not know it any more.</param>
    /// <param name="Votes">Approvals so far.</param>
    /// <param name="Step">What the operator who looks can do.</param>
    public sealed record Waiting(Approval Approval, ApprovableCard? Card, int Votes, int VotesNeeded, TimeSpan Age, NextStep Step);

    public enum NextStep
    {
        /// <summary>Look at it and vote.</summary>
        Review,

        /// <summary>Somebody else must: this operator has voted.</summary>
        WaitForSecond,

        /// <summary>Somebody else must: this operator had a hand in it.</summary>
        OthersOnly,
    }

    public sealed class Handler(PortalDb db, CurrentPerson current, IEnumerable<IApprovable> features, IOptions<OperationsOptions> options, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var waiting = db.Set<Approval>().AsNoTracking().Where(row => row.State == ApprovalState.Waiting);
            var rows = await waiting.Include(row => row.Votes).OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancellationToken);
            var cards = new Dictionary<Guid, ApprovableCard>();
            foreach (var feature in features)
            {
                var ids = rows.Where(row => row.Kind == feature.Kind).Select(row => row.SubjectId).ToList();
                foreach (var (id, card) in ids.Count == 0 ? new Dictionary<Guid, ApprovableCard>() : await feature.CardsAsync(ids, cancellationToken))
                    cards[id] = card;
            }

            var single = options.Value.SingleOperator;
            var (me, now) = (current.Required.Id, clock.GetUtcNow());
            return new(
                [.. rows.Select(row => new Waiting(
                    row, cards.GetValueOrDefault(row.SubjectId), row.Current.Count(vote => vote.Approves), ApprovalRules.VotesNeeded(row.Kind, single), now - row.SubmittedAt,
                    row.HadAHandIn(me) ? NextStep.OthersOnly : row.Current.Any(vote => vote.PersonId == me) ? NextStep.WaitForSecond : NextStep.Review))],
                rows.Count < RowsMax ? rows.Count : await waiting.CountAsync(cancellationToken),
                single);
        }
    }
}
