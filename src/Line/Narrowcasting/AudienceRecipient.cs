namespace Line.Narrowcasting;

/// <summary>People in an audience.</summary>
/// <param name="AudienceGroupId">The audience; it must be ready.</param>
public sealed record AudienceRecipient(long AudienceGroupId) : Recipient
{
    private protected override string Kind => "audience";
}
