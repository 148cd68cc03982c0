namespace Line;

/// <summary>One member.</summary>
/// <param name="UserId">Who.</param>
public sealed record UserMentionTarget(UserId UserId) : MentionTarget
{
    private protected override string Kind => "user";
}
