namespace Portal.Jobs;

/// <summary>Work that comes round, every hour or every day, whether or not somebody looks.</summary>
/// <remarks>
/// Registered scoped, and run in a scope of its own that sees every organisation. A run may be cut short, or come twice: what it does must bear both, as by
/// looking at what is due and marking it in the same transaction.
/// </remarks>
public interface IPeriodicJob
{
    /// <summary>Names it in the database and to operators: a-z and hyphens, 40 at most, never reused.</summary>
    string Name { get; }

    /// <summary>From one run to the next: a minute to a week. Runs fall on its multiples in UTC, so that a daily one comes at 08:00 in Taipei.</summary>
    TimeSpan Every { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
