using Line;

namespace Portal.Gateway;

/// <summary>One bot as the gateway sees it now.</summary>
/// <param name="DefaultLinkageId">Who answers first as applied by the gateway; the registry may be ahead for a moment.</param>
public sealed record AccountStanding(
    BotId BotId,
    long Epoch,
    Guid? DefaultLinkageId,
    IReadOnlyList<LinkageStanding> Linkages,
    IReadOnlyList<OpenCount> OpenByHolder,
    IReadOnlyList<OpenChat> OpenChats)
{
    /// <summary>The channel of the account's own that it is connected by; null: the Module Channel.</summary>
    public ConnectedChannel? OwnChannel { get; init; }
}

/// <summary>Open chats of one holder: those that do not simply follow who answers first.</summary>
/// <param name="HolderLinkageId">Null: LINE's own channel.</param>
/// <param name="EndingSoon">How many of them end by themselves within the hour.</param>
public sealed record OpenCount(Guid? HolderLinkageId, int Chats, int EndingSoon);

/// <param name="MessagesToday">Recipients of what LINE accepted today, replies too. The day is LINE's, in UTC+9.</param>
/// <param name="Owed">Deliveries not yet answered by the module.</param>
/// <param name="LastDelivery">Null before the first.</param>
/// <param name="TestChats">Chats in which the owner tries it.</param>
public sealed record LinkageStanding(Guid LinkageId, string State, long MessagesToday, long Owed, DeliveryGlimpse? LastDelivery, int TestChats = 0)
{
    /// <summary>It is over for the gateway: the owner removed it, or its module detached itself.</summary>
    public const string Ended = "ended";
}

/// <param name="Status">The module's HTTP status; null when it did not answer.</param>
public sealed record DeliveryGlimpse(DateTimeOffset At, int? Status, string Outcome)
{
    /// <summary>The module took it: any 2xx.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>An open chat; the latest ones are listed. It names no customer.</summary>
/// <param name="Handle">What the gateway knows the chat by, for as long as nobody else has taken it.</param>
/// <param name="Kind"><c>user</c>, <c>group</c> or <c>room</c>.</param>
/// <param name="HolderLinkageId">Null: LINE's own channel.</param>
/// <param name="Since">Null: not known, as where LINE's own staff took it.</param>
/// <param name="ExpiresAt">Null: until it is given back.</param>
public sealed record OpenChat(string Handle, string Kind, Guid? HolderLinkageId, DateTimeOffset? Since, DateTimeOffset? ExpiresAt);
