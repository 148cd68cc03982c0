namespace Line.Narrowcasting;

/// <summary>People who were meant to get a narrowcast of the last 14 days that is over.</summary>
/// <param name="RequestId">Its receipt's request id.</param>
public sealed record RedeliveryRecipient(string RequestId) : Recipient
{
    private protected override string Kind => "redelivery";
}
