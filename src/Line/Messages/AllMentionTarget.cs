namespace Line;

/// <summary>Everybody in the group or room.</summary>
public sealed record AllMentionTarget : MentionTarget
{
    private protected override string Kind => "all";
}
