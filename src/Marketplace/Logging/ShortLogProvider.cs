using Marketplace.Hosting;

namespace Marketplace.Logging;

/// <summary>Writes a room's log to the host's.</summary>
internal sealed class ShortLogProvider(ShortLog log, Room room) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(log, room, categoryName);

    public void Dispose()
    {
        // The log belongs to the host and outlives the room.
    }

    private sealed class Logger(ShortLog log, Room room, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None; // The factory filters by level.

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(room, logLevel, category, formatter(state, exception), exception);
    }
}
