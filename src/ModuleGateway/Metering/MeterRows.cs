using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Metering;

/// <summary>How many people a send reaches, or whom to ask.</summary>
internal enum Reach : byte
{
    /// <summary>Those that the call named.</summary>
    Named,

    /// <summary>The members of a group or room: LINE says how many.</summary>
    Members,

    /// <summary>A narrowcast: LINE says when it is through.</summary>
    Narrowcast,

    /// <summary>A broadcast: LINE's statistics say, some time later.</summary>
    Broadcast,
}

/// <summary>A send that is not in the totals yet: on its way, of an outcome that nobody knows, or accepted and still to be asked about.</summary>
/// <param name="At">When it was admitted; its day.</param>
/// <param name="Named">Recipients that the call named, those left out who blocked the account. Of a broadcast or narrowcast under a plan with a limit: the friends that we know, until LINE says more.</param>
/// <param name="LineKey">The retry key that LINE got.</param>
internal sealed record OpenSend(Guid Id, LinkageId Linkage, BotId Bot, DateTimeOffset At, Reach Reach, int Named, string? LineKey)
{
    /// <summary>The group or room.</summary>
    public ChatKey? Chat { get; init; }

    /// <summary>LINE's id of the request, once it was accepted.</summary>
    public string? RequestId { get; init; }

    /// <summary>When LINE is asked how many it reached; null: it is not known to be accepted.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int Attempts { get; init; }
}

/// <summary>What a linkage sent on one day of LINE's, which is one of Japan's (UTC+9).</summary>
/// <param name="Recipients">As LINE bills.</param>
/// <param name="Replies">Accepted replies; LINE does not bill them.</param>
/// <param name="Unknown">Sends of which LINE never said whether it took them, or how many they reached. In no other number.</param>
internal sealed record SentOnDay(DateOnly Day, long Recipients, long Replies, long Unknown)
{
    /// <summary>LINE's statistics and quotas go by it.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);
}

/// <summary>What LINE accepted of each linkage's sends.</summary>
internal interface IMeterRows
{
    void Put(OpenSend send);

    OpenSend? Find(Guid id);

    /// <summary>Sends with this retry key that are not known to be accepted.</summary>
    IReadOnlyList<OpenSend> WithKey(LinkageId linkage, string lineKey);

    /// <summary>False when it is gone already: then somebody else counted it.</summary>
    bool Remove(Guid id);

    /// <summary>Accepted sends about which LINE is to be asked.</summary>
    IReadOnlyList<OpenSend> Due(DateTimeOffset now, int max);

    /// <summary>Accepted sends to this group or room that LINE has not counted yet, due or not.</summary>
    IReadOnlyList<OpenSend> Uncounted(ChatKey chat);

    /// <summary>How many a group or room had when LINE last said it; null: never, or we have not met it.</summary>
    long? Members(ChatKey chat);

    void KeepMembers(ChatKey chat, long count);

    /// <summary>Sends of an unknown outcome that were admitted before this instant.</summary>
    IReadOnlyList<OpenSend> UnknownBefore(DateTimeOffset instant, int max);

    /// <summary>Adds to the day's totals.</summary>
    void Count(LinkageId linkage, SentOnDay sent);

    IReadOnlyList<SentOnDay> Days(LinkageId linkage, DateOnly from, DateOnly to);

    /// <summary>Recipients of open sends since this instant, as far as we can say: they may yet be counted.</summary>
    long OpenRecipients(LinkageId linkage, DateTimeOffset since);

    /// <summary>How many of these users blocked the bot.</summary>
    int Blocked(BotId bot, IReadOnlyList<ChatKey> users);

    /// <summary>How many users a broadcast of the bot's would reach, of those that we have met.</summary>
    int Friends(BotId bot);
}
