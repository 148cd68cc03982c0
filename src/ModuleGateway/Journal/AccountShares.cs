using System.Collections.Concurrent;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Store;

namespace ModuleGateway.Journal;

/// <summary>Whose backlog it is when the journal fills up: an account that is over its share is refused first, and the others go on.</summary>
/// <remarks>
/// While less than half of <see cref="JournalOptions.UndeliveredMax"/> is undelivered nobody is asked. Beyond it an account may have a sixteenth of what is
/// free, as it was counted at the last look (<see cref="Counted"/>), with what it brought since. So one customer's backlog never takes the last room from
/// the others; all are refused only when many of them together have filled it. Thread-safe; costs one comparison where there is room.
/// </remarks>
internal sealed partial class AccountShares(IGatewayStore store, IOptions<JournalOptions> options, StoreClock clock, ILogger<AccountShares> log)
{
    private const int Parts = 16;

    /// <summary>So much each account may have, however little is free: until all are refused.</summary>
    private const int Least = 10;

    private static readonly TimeSpan SayAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<BotId, DateTimeOffset> _saidAt = new();
    private volatile Look _look = new(new Dictionary<BotId, long>(), long.MaxValue);

    /// <summary>It was looked at what accounts have undelivered.</summary>
    /// <param name="byAccount">Accounts that have something.</param>
    /// <param name="countedMax">Where the counting of one linkage ended.</param>
    public void Counted(IReadOnlyDictionary<BotId, long> byAccount, long countedMax)
    {
        _look = new Look(byAccount, countedMax);
        foreach (var bot in _saidAt.Keys.Where(bot => !byAccount.ContainsKey(bot)))
            _saidAt.TryRemove(bot, out _);
    }

    /// <summary>Whether an account's next request is to be put off, so that others have room.</summary>
    /// <param name="events">What the request brings; counted for the account when it is not put off.</param>
    public bool IsOver(BotId bot, int events)
    {
        var (all, max) = (store.Undelivered.Count, options.Value.UndeliveredMax);
        if (all < max / 2)
            return false;

        var look = _look;
        var has = look.ByAccount.GetValueOrDefault(bot) + look.Since.GetValueOrDefault(bot);
        var share = Math.Min(Math.Max(Least, (max - all) / Parts), look.CountedMax);
        if (has < share)
        {
            look.Since.AddOrUpdate(bot, events, (_, before) => before + events);
            return false;
        }

        var now = clock.GetUtcNow();
        if (!_saidAt.TryGetValue(bot, out var saidAt) || now - saidAt >= SayAgainAfter)
        {
            _saidAt[bot] = now;
            Log.PutOff(log, bot.ToString(), has, share, all, max);
        }

        return true;
    }

    private sealed record Look(IReadOnlyDictionary<BotId, long> ByAccount, long CountedMax)
    {
        public ConcurrentDictionary<BotId, long> Since { get; } = new();
    }

    private static partial class Log
    {
        [LoggerMessage(105, LogLevel.Error, "Webhooks of bot {Bot} are put off with 503, those of others are taken: {Has} of it are undelivered, its share is {Share} ({All} are undelivered, Journal:UndeliveredMax is {Max}). See why its modules do not take what they are owed.")]
        public static partial void PutOff(ILogger logger, string bot, long has, long share, long all, long max);
    }
}
