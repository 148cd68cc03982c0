using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Hosting;

/// <summary>Counts the statements that reach the database.</summary>
public sealed class QueryCounter : ILoggerProvider, ILogger
{
    private int _count;

    /// <summary>How many since the last time it was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == RelationalEventId.CommandExecuted.Id)
            Interlocked.Increment(ref _count);
    }

    public void Dispose()
    {
    }
}
