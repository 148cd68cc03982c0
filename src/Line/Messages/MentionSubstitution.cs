using Line.Validation;

namespace Line;

/// <summary>A mention of somebody in a group or room.</summary>
/// <param name="Mentionee">Whom.</param>
public sealed record MentionSubstitution(MentionTarget Mentionee) : TextSubstitution
{
    private protected override string Kind => "mention";

    private protected override void CheckOwn(FaultFinder faults) => faults.Given("mentionee", Mentionee);
}
