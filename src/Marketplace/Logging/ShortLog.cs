using System.Collections.Concurrent;
using Marketplace.Hosting;

namespace Marketplace.Logging;

/// <summary>What the rooms have to say, one line each, on one writer.</summary>
/// <param name="writer">Standard error; never standard output, which programs read.</param>
/// <param name="clock">Gives each line its time.</param>
internal sealed class ShortLog(TextWriter writer, TimeProvider clock)
{
    private const int HeldLinesMax = 200; // Of one room's start: the first ones tell why.

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Room, Held> _held = new();

    /// <summary>A room's part of it.</summary>
    public ILoggerProvider For(Room room) => new ShortLogProvider(this, room);

    /// <summary>Keeps a room's lines back until <see cref="Held.Release"/>; disposed without it they are dropped.</summary>
    public Held Hold(Room room) => _held[room] = new Held(this, room);

    internal void Write(Room room, LogLevel level, string category, string message, Exception? exception)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        var line = $"{time} {Word(level)} {Rooms.NameOf(room)} {category[(category.LastIndexOf('.') + 1)..]}: {message.ReplaceLineEndings(" ")}";
        if (exception is not null)
            line += level >= LogLevel.Error ? Environment.NewLine + exception : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
        if (!_held.TryGetValue(room, out var held) || !held.TryAdd(line))
            WriteLine(line);
    }

    private void WriteLine(string line)
    {
        lock (_lock)
            writer.WriteLine(line);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "note",
    };

    /// <summary>Lines of a room that is starting.</summary>
    internal sealed class Held(ShortLog log, Room room) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        /// <summary>Writes them, and holds no more.</summary>
        public void Release()
        {
            lock (_lock)
            {
                _lines.ForEach(log.WriteLine);
                Dispose();
            }
        }

        public void Dispose() => log._held.TryRemove(new KeyValuePair<Room, Held>(room, this));

        internal bool TryAdd(string line)
        {
            lock (_lock)
            {
                if (!log._held.ContainsKey(room))
                    return false;

                if (_lines.Count < HeldLinesMax)
                    _lines.Add(line);
                return true;
            }
        }
    }
}
