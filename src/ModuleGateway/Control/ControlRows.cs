using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>What control knows of an Official Account.</summary>
/// <param name="DefaultLinkage">Who answers where nobody holds the chat; null: LINE's own channel.</param>
/// <param name="LastEpoch">The counter that epochs are taken from; never falls.</param>
/// <param name="DefaultEpoch">Its value when who answers by default last changed.</param>
internal sealed record AccountRow(BotId Bot, ChannelId Channel, ConnectionState Connection, IReadOnlyList<string> Scopes, LinkageId? DefaultLinkage, long LastEpoch, long DefaultEpoch, DateTimeOffset AttachedAt)
{
    /// <summary>The instant of the word that <see cref="Connection"/> rests on, as whoever said it gave it; an older word changes nothing. Null before the first.</summary>
    public DateTimeOffset? ConnectionAt { get; init; }

    /// <summary>Since when the connection serves no linkage; null while it serves one, and while there is no connection.</summary>
    public DateTimeOffset? UnlinkedSince { get; init; }

    /// <summary>Codes that owners may send from their own phone; those that ran out or were used are gone with the next one. Bounded: see <see cref="TestChats"/>.</summary>
    /// <remarks>On this row, which routing reads anyway: an account without codes costs no look.</remarks>
    public IReadOnlyList<TestCode> TestCodes { get; init; } = [];
}

/// <summary>A code that makes the chat it is sent in the test chat of a linkage in set-up. One use.</summary>
/// <param name="WrongTries">How often somebody sent another code meanwhile.</param>
internal sealed record TestCode(string Digits, LinkageId Linkage, DateTimeOffset ExpiresAt, int WrongTries);

/// <summary>What control knows of a linkage.</summary>
/// <param name="SealedSalt">The linkage's salt, sealed with the master key; null once erased.</param>
internal sealed record LinkageRow(LinkageId Id, BotId Bot, ModuleId Module, LinkageState State, IReadOnlyList<string> Scopes, byte[]? SealedSalt)
{
    /// <summary>Version of the master key that its id key comes from. It stays over rotations: with it the ids would change.</summary>
    public byte KeyVersion { get; init; } = 1;

    /// <summary>How often its ids were erased: what bears an earlier number is dead.</summary>
    public int IdGeneration { get; init; }

    /// <summary>What it was in the registry when its module detached itself. It stays ended until the registry ends it too, or begins it anew. Null: its module did not.</summary>
    public LinkageState? LeftAs { get; init; }

    /// <summary>Attached and in good standing: it gets events. In set-up it only listens.</summary>
    public bool Listens => State is LinkageState.On or LinkageState.InSetUp;

    /// <summary>May be the active module of this chat. Suspended it never is, in set-up only in the owner's test chats.</summary>
    public bool CanHold(ChatRow chat) => Has(Tenancy.Scopes.MessageReceive) && (State == LinkageState.On || IsTriedIn(chat));

    /// <summary>In set-up, and the owner tries it in this chat.</summary>
    public bool IsTriedIn(ChatRow chat) => State == LinkageState.InSetUp && chat.TestOf == Id;

    /// <summary>Its module wants no word when a hold runs out.</summary>
    public bool ExpiresSilently { get; init; }

    /// <summary>Recipients a month that its plan lets through; null: as many as LINE allows.</summary>
    public int? MessagesPerMonthMax { get; init; }

    public bool Has(string scope) => Scopes.Contains(scope);

    /// <summary>Its own scopes as far as LINE granted them; those that are ours are nobody else's to grant.</summary>
    public IReadOnlyList<string> Within(IReadOnlyList<string> granted) => [.. Scopes.Where(scope => Tenancy.Scopes.IsOurs(scope) || granted.Contains(scope))];
}

internal enum HolderKind : byte { None = 0, Linkage = 1, Primary = 2 }

internal enum LineSide : byte { Unknown = 0, Active = 1, Standby = 2 }

/// <summary>A module is on its way to take a chat at LINE: until then nobody else may take it here.</summary>
/// <param name="Request">Which attempt, so that a late answer of an earlier one is known for what it is.</param>
internal sealed record Reservation(LinkageId By, Guid Request, DateTimeOffset Until);

internal enum ErrandKind : byte { Release = 1, Acquire = 2 }

/// <summary>Something to say to LINE about a chat, tried until LINE agrees.</summary>
/// <param name="Attempts">Tries that failed.</param>
internal sealed record LineErrand(ErrandKind Kind, DateTimeOffset DueAt, int Attempts);

/// <summary>Who holds a chat, and what LINE says of it.</summary>
/// <param name="Holder">Set when <paramref name="HolderKind"/> is a linkage.</param>
/// <param name="ExpiresAt">When the hold ends by itself; null: not.</param>
/// <param name="Epoch">Its value when the active module of this chat last changed here.</param>
/// <param name="LineSideAt">LINE's timestamp of the word that <paramref name="LineSide"/> rests on.</param>
/// <param name="AcquiredBy">The linkage whose acquire succeeded last and was not released; its hold may have ended otherwise.</param>
internal sealed record ChatRow(
    ChatKey Key, HolderKind HolderKind, LinkageId? Holder, DateTimeOffset? ExpiresAt, long Epoch,
    LineSide LineSide, DateTimeOffset? LineSideAt, LinkageId? AcquiredBy, DateTimeOffset? AcquiredAt)
{
    public Reservation? Reservation { get; init; }

    public LineErrand? Errand { get; init; }

    /// <summary>When we last moved the chat at LINE ourselves and LINE's notice of it has not come; null otherwise.</summary>
    public DateTimeOffset? MovedAtLineAt { get; init; }

    /// <summary>The account's default epoch up to which this chat's own epoch holds: whoever held the chat became the default, and nothing changed in it.</summary>
    public long DefaultEpochPassed { get; init; }

    /// <summary>LINE's own channel has the chat only because nobody of ours answered first in it; once somebody does, it is taken again.</summary>
    public bool ReleasedForWantOfDefault { get; init; }

    /// <summary>The linkage that the owner tries here from a phone; it means something only while that linkage is in set-up.</summary>
    public LinkageId? TestOf { get; init; }

    /// <summary>Since when its holder has it; a renewal changes nothing. Null where nobody does.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>The linkage that has an open chat; null: LINE's own channel, because it was given back or because LINE says so.</summary>
    public LinkageId? OpenWith => HolderKind == HolderKind.Linkage && LineSide != LineSide.Standby ? Holder : null;

    /// <summary>When its holder took it, or took it again; null where nobody has it.</summary>
    public DateTimeOffset? TakenAt => HolderKind == HolderKind.Linkage ? AcquiredAt : HeldSince;

    /// <summary>The same chat, held by nobody. Who acquired it last is remembered: an acquire keeps others away also where its hold was shorter.</summary>
    public ChatRow Freed() => this with { HolderKind = HolderKind.None, Holder = null, ExpiresAt = null, HeldSince = null };

    /// <summary>The same chat, given up by whoever acquired it, or by the owner: anybody may take it.</summary>
    public ChatRow GivenUp() => Freed() with { AcquiredBy = null, AcquiredAt = null };

    /// <summary>The same chat, acquired by a linkage.</summary>
    public ChatRow HeldBy(LinkageId linkage, DateTimeOffset? expiresAt, DateTimeOffset now) => this with
    {
        HolderKind = HolderKind.Linkage, Holder = linkage, ExpiresAt = expiresAt, AcquiredBy = linkage, AcquiredAt = now, HeldSince = Holder == linkage ? HeldSince : now,
    };

    /// <summary>The same chat, held as <paramref name="other"/> is, since the same epoch: what a move among modules changes.</summary>
    public ChatRow HeldAs(ChatRow other) => this with
    {
        HolderKind = other.HolderKind, Holder = other.Holder, ExpiresAt = other.ExpiresAt, Epoch = other.Epoch, AcquiredBy = other.AcquiredBy, AcquiredAt = other.AcquiredAt,
        HeldSince = other.HeldSince, DefaultEpochPassed = other.DefaultEpochPassed,
    };

    public static ChatRow Fresh(ChatKey key) => new(key, HolderKind.None, null, null, 0, LineSide.Unknown, null, null, null);
}

/// <summary>Open chats of one holder: those that do not simply follow who answers first.</summary>
/// <param name="With">Null: LINE's own channel.</param>
/// <param name="EndingSoon">How many of them end by themselves by the instant that was asked for.</param>
internal sealed record OpenCount(LinkageId? With, long Chats, long EndingSoon);

/// <summary>The rows that control reads and writes, each in the transaction that decides.</summary>
internal interface IControlRows
{
    /// <summary>The account; inside a write nobody else writes this bot's control rows until the transaction ends.</summary>
    AccountRow? Account(BotId bot);

    IReadOnlyList<AccountRow> Accounts();

    void Put(AccountRow account);

    /// <summary>Connections that have served no linkage since <paramref name="until"/> or longer, the longest first.</summary>
    IReadOnlyList<AccountRow> Unlinked(DateTimeOffset until, int max);

    LinkageRow? Linkage(LinkageId linkage);

    IReadOnlyList<LinkageRow> LinkagesOf(BotId bot);

    IReadOnlyList<LinkageRow> LinkagesOf(ModuleId module);

    IReadOnlyList<LinkageRow> Linkages();

    void Put(LinkageRow linkage);

    ChatRow? Chat(ChatKey chat);

    void Put(ChatRow chat);

    /// <summary>Chats whose hold has run out by <paramref name="now"/>, earliest first.</summary>
    IReadOnlyList<ChatKey> Expired(DateTimeOffset now, int max);

    DateTimeOffset? NextExpiry();

    /// <summary>Chats with an errand that is due, earliest first.</summary>
    IReadOnlyList<ChatRow> ErrandsDue(DateTimeOffset now, int max);

    /// <summary>Chats of a bot that somebody holds or tries a module in, at most <paramref name="max"/>.</summary>
    IReadOnlyList<ChatRow> Held(BotId bot, int max);

    /// <summary>The bot's open chats by holder.</summary>
    IReadOnlyList<OpenCount> CountOpen(BotId bot, DateTimeOffset now, DateTimeOffset soon);

    /// <summary>The bot's open chats, those that were taken last first.</summary>
    IReadOnlyList<ChatRow> Open(BotId bot, DateTimeOffset now, int max);

    /// <summary>The open chats of one holder, those that LINE itself keeps last.</summary>
    /// <param name="with">Null: LINE's own channel.</param>
    IReadOnlyList<ChatRow> OpenWith(BotId bot, LinkageId? with, DateTimeOffset now, int max);

    /// <summary>The chats in which the owner tries this linkage.</summary>
    IReadOnlyList<ChatRow> TestChats(LinkageId linkage);

    /// <summary>Remembers that an id stood in one of the bot's events or in an answer of LINE that we passed on.</summary>
    void Meet(BotId bot, UpstreamId id);

    /// <summary>The user, group or room with these bits if the bot knows it.</summary>
    KnownId? Known(BotId bot, IdKind kind, UInt128 bits);

    /// <summary>Changes what is said of an id that the bot knows.</summary>
    void Put(BotId bot, KnownId known);

    /// <summary>Grows with each erasing of a linkage's ids, so that every process sees that there was one.</summary>
    long IdsRevision { get; }

    void RaiseIdsRevision();

    /// <summary>The registry's revision up to which these rows say what the registry says. Who reads it inside a write is the only one to apply the registry until the transaction ends.</summary>
    long RegistryRevision { get; set; }
}
