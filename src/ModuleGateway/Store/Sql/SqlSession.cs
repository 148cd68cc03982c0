using System.Data.Common;
using Line;
using Tenancy;

namespace ModuleGateway.Store.Sql;

/// <summary>One connection, as the rows use it: statements whose parameters are $1, $2, … in order. Not thread-safe: one owner at a time.</summary>
internal abstract class SqlSession : IDisposable
{
    /// <summary>Bots that this transaction has to itself.</summary>
    protected HashSet<BotId> Taken { get; } = [];

    /// <summary>The store's time, to the millisecond.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Never where works run beside each other.</summary>
    public virtual bool OthersWait => false;

    /// <summary>By how much what was done since <see cref="TakeUndelivered"/> changes what is undelivered.</summary>
    public long Undelivered { get; set; }

    /// <summary>The change, for a transaction that holds; what comes next begins at none.</summary>
    public long TakeUndelivered()
    {
        var change = Undelivered;
        Undelivered = 0;
        return change;
    }

    /// <summary>Keeps other transactions from this bot's control rows until this one ends. True when it is ours from now on: others may have written until a moment ago.</summary>
    public abstract bool TakeBot(BotId bot);

    /// <summary>Refuses to write what belongs to a bot that was not taken first: on a server another process may be writing the same row.</summary>
    public void Needs(BotId bot)
    {
        if (!Taken.Contains(bot))
            throw new InvalidOperationException("A work that writes control rows reads its bot's account first.");
    }

    /// <summary>Keeps other transactions from applying the registry until this one ends.</summary>
    public abstract void TakeRegistry();

    /// <summary>Keeps other transactions from what belongs to this module alone, until this one ends.</summary>
    public abstract void TakeModule(ModuleId module);

    /// <summary>Runs a statement, at the latest before the next one that has something to say.</summary>
    public abstract void Execute(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs a statement at once; returns rows changed.</summary>
    public abstract int Change(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Adds a row at the latest before the next statement that has something to say.</summary>
    public abstract void Add(NumberedInsert insert, params ReadOnlySpan<object?> values);

    /// <summary>Adds a row at once; returns its number.</summary>
    public abstract long AddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values);

    /// <summary>As above; null, and nothing added, where a row with one of its keys is there.</summary>
    public abstract long? TryAddNumbered(NumberedInsert insert, params ReadOnlySpan<object?> values);

    public abstract List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values);

    public abstract void Dispose();

    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) where T : class => Query(sql, read, values) is [var first, ..] ? first : null;

    /// <summary>One number, or null where there is no row or no value.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) => Query(sql, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), values) is [var first, ..] ? first : null;

    /// <summary>One number that is always there.</summary>
    public long Count(string sql, params ReadOnlySpan<object?> values) => Number(sql, values) ?? throw new InvalidOperationException("The statement gave no number.");
}
