using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>A thing in the operator's queue: one row for each, for as long as it lives; every new version starts the voting anew.</summary>
public sealed class Approval
{
    public required ApprovalId Id { get; init; }

    public required ApprovalKind Kind { get; init; }

    /// <summary>The feature's own id of the thing.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Whose thing it is.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>Which version is voted on, as the feature counts them.</summary>
    public int SubjectVersion { get; private set; }

    /// <summary>Counts submissions: also the same version, handed in again, is voted on anew.</summary>
    public int Round { get; private set; }

    public PersonId SubmittedBy { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    /// <summary>Who had a hand in this version; none of them may vote on it.</summary>
    public IReadOnlyList<string> EditedBy { get; private set; } = [];

    public ApprovalState State { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Decided by one person where two are the rule, because the marketplace was configured so.</summary>
    public bool BySingleOperator { get; private set; }

    /// <summary>Votes of all rounds; those that count are <see cref="Current"/>.</summary>
    public List<ApprovalVote> Votes { get; init; } = [];

    /// <summary>Counts changes: the store refuses a save over somebody else's, so that two votes at once are counted one after the other.</summary>
    public int Revision { get; private set; }

    /// <summary>Votes on what is in the queue now.</summary>
    public IEnumerable<ApprovalVote> Current => Votes.Where(vote => vote.Round == Round);

    /// <summary>Puts a version into the queue; votes on an earlier submission count no more.</summary>
    public void Submit(int version, PersonId by, IEnumerable<PersonId> editors, DateTimeOffset now)
    {
        (SubjectVersion, SubmittedBy, SubmittedAt) = (version, by, now);
        EditedBy = [.. editors.Append(by).Distinct().Select(person => person.ToString())];
        (State, DecidedAt, BySingleOperator) = (ApprovalState.Waiting, null, false);
        Round++;
        Revision++;
    }

    /// <returns>False: it is decided, or out of the queue already.</returns>
    public bool Withdraw(DateTimeOffset now)
    {
        if (State != ApprovalState.Waiting)
            return false;

        (State, DecidedAt) = (ApprovalState.Withdrawn, now);
        Revision++;
        return true;
    }

    /// <summary>Whether this person may vote on it: neither the submitter nor anybody who edited it.</summary>
    public bool HadAHandIn(PersonId person) => EditedBy.Contains(person.ToString());

    /// <summary>Takes a vote. One refusal decides; so do as many approvals as the rules want.</summary>
    public void Vote(PersonId by, bool approves, string? reason, bool singleOperator, DateTimeOffset now)
    {
        Votes.Add(new ApprovalVote { ApprovalId = Id, Round = Round, SubjectVersion = SubjectVersion, PersonId = by, Approves = approves, Reason = reason, At = now });
        Revision++;
        if (!approves)
            (State, DecidedAt) = (ApprovalState.Refused, now);
        else if (Current.Count(vote => vote.Approves) >= ApprovalRules.VotesNeeded(Kind, singleOperator))
            (State, DecidedAt, BySingleOperator) = (ApprovalState.Approved, now, Current.Count(vote => vote.Approves) < ApprovalRules.VotesNeeded(Kind, singleOperator: false));
    }
}
