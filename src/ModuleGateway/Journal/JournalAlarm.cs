namespace ModuleGateway.Journal;

/// <summary>Says that LINE's webhooks are refused: at once, again each minute while it lasts, and when it is over. Thread-safe; costs a look where all is well.</summary>
internal sealed partial class JournalAlarm(Store.StoreClock clock, ILogger<JournalAlarm> log)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private volatile bool _isRaised;
    private DateTimeOffset _since;
    private DateTimeOffset _saidAt;
    private long _refused;

    /// <summary>Since when requests are refused; null: they are taken.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            lock (_gate)
                return _isRaised ? _since : null;
        }
    }

    /// <summary>A request was refused.</summary>
    public void Refused(string why)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_isRaised)
                (_isRaised, _since, _refused) = (true, now, 0);
            _refused++;
            if (_refused > 1 && now - _saidAt < Again)
                return;

            _saidAt = now;
            Log.Refusing(log, why, _refused, _since);
        }
    }

    /// <summary>A request was kept.</summary>
    public void Took()
    {
        if (!_isRaised)
            return;

        lock (_gate)
        {
            if (!_isRaised)
                return;
            _isRaised = false;
            Log.TakesAgain(log, _refused, _since);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(102, LogLevel.Critical, "LINE's webhooks are refused with 503 ({Why}): {Count} since {Since}. What LINE does not send again is lost: see that the disk has room, the database runs, and modules take what they are owed.")]
        public static partial void Refusing(ILogger logger, string why, long count, DateTimeOffset since);

        [LoggerMessage(103, LogLevel.Warning, "LINE's webhooks are taken again; {Count} were refused since {Since}.")]
        public static partial void TakesAgain(ILogger logger, long count, DateTimeOffset since);
    }
}
