using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ModuleGateway.Tests;

/// <summary>Every line that the gateway logs, at the levels that it logs by itself.</summary>
public sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentDictionary<TaskCompletionSource, string> _awaited = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Completes when a line holds these words.</summary>
    public Task SaidAsync(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[said] = words;
        if (Lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
            said.TrySetResult();
        return said.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // Outlives the app, which may be started again.
    }

    private void Add(string line)
    {
        Lines.Enqueue(line);
        foreach (var (said, _) in _awaited.Where(one => line.Contains(one.Value, StringComparison.Ordinal)))
            said.TrySetResult();
    }

    private sealed class Logger(CollectedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true; // The factory filters by level.

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add($"{formatter(state, exception)} {exception}");
    }
}
