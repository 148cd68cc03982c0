using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Operations.Approvals;

/// <summary>How far the voting on one thing is, for the box on its review page.</summary>
public static class FindApproval
{
    [ForOperators]
    public sealed record Query(ApprovalKind Kind, Guid Subject) : IQuery<View?>;

    /// <param name="Votes">On the version in question, each with the voter's name.</param>
    /// <param name="MayVote">Whether the operator who looks may.</param>
    /// <param name="HadAHand">They may not because they submitted or edited it, or belong to its company.</param>
    public sealed record View(Approval Approval, IReadOnlyList<Voted> Votes, int VotesNeeded, bool MayVote, bool HadAHand, bool SingleOperator);

    public sealed record Voted(string Name, bool Approves, string? Reason, DateTimeOffset At);

    public sealed class Handler(PortalDb db, CurrentPerson current, IOptions<OperationsOptions> options) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            var approval = await db.Set<Approval>().AsNoTracking().Include(row => row.Votes).SingleOrDefaultAsync(row => row.Kind == request.Kind && row.SubjectId == request.Subject, cancellationToken);
            if (approval is null)
                return null;

            var me = current.Required.Id;
            var voters = approval.Current.Select(vote => vote.PersonId).ToArray();
            var names = await db.People.AsNoTracking().Where(row => voters.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken);
            var hadAHand = approval.HadAHandIn(me) || await db.Memberships.AnyAsync(row => row.TenantId == approval.TenantId && row.PersonId == me, cancellationToken);
            var single = options.Value.SingleOperator;
            return new(
                approval,
                [.. approval.Current.OrderBy(vote => vote.At).Select(vote => new Voted(names.GetValueOrDefault(vote.PersonId, vote.PersonId.ToString()), vote.Approves, vote.Reason, vote.At))],
                ApprovalRules.VotesNeeded(approval.Kind, single),
                approval.State == ApprovalState.Waiting && !hadAHand && approval.Current.All(vote => vote.PersonId != me),
                hadAHand, single);
        }
    }
}
