using Line;

namespace Portal.Gateway;

/// <summary>One bot as the gateway sees it now.</summary>
/// <param name="DefaultLinkageId">Who answers first as applied by the gateway; the registry may be ahead for a moment.</param>
public sealed record AccountStanding(
    BotId BotId,
    long Epoch,
    Guid? DefaultLinkageId,
    IReadOnlyList<LinkageStanding> Linkages,
    IReadOnlyList<OpenChat> OpenChats);

/// <param name="MessagesToday">Sends that LINE accepted since midnight of the gateway's day.</param>
/// <param name="Owed">Deliveries not yet answered by the module.</param>
/// <param name="LastDelivery">Null before the first.</param>
/// <param name="TestChats">Chats in which the owner tries it.</param>
public sealed record LinkageStanding(Guid LinkageId, string State, long MessagesToday, long Owed, DeliveryGlimpse? LastDelivery, int TestChats = 0);

/// <param name="Status">The module's HTTP status; null when it did not answer.</param>
public sealed record DeliveryGlimpse(DateTimeOffset At, int? Status, string Outcome)
{
    /// <summary>The module took it: any 2xx.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>A chat that somebody holds. It names no customer.</summary>
public sealed record OpenChat(string Kind, Guid? HolderLinkageId, bool IsPrimary, DateTimeOffset? ExpiresAt, long Epoch);
