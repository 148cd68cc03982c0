namespace ModuleGateway.Store.Sqlite;

/// <summary>What somebody who comes to write finds.</summary>
internal enum Place : byte
{
    /// <summary>Nobody: the turn is his, until <see cref="WriterLine{T}.PassOn"/>.</summary>
    Turn,

    /// <summary>Others: the writer thread does it when those before it are done.</summary>
    InLine,

    /// <summary>Too many others.</summary>
    NoRoom,

    /// <summary>The store is closing.</summary>
    Closed,
}

/// <summary>Who writes next: one at a time, in the order in which they came, and whoever waits at the same time together.</summary>
/// <remarks>
/// The turn is free only while nobody waits: whoever ends his own with others in line hands it to the writer thread, so nobody who comes later can
/// be done sooner. Where works come together they all go by the writer thread, until one comes alone again. Thread-safe; the lock is held for a few instructions.
/// </remarks>
/// <param name="groupMax">Works that the writer takes together.</param>
/// <param name="worksMax">Works that may wait.</param>
/// <param name="bytesMax">Bytes that may wait; one work alone may be larger.</param>
internal sealed class WriterLine<T>(int groupMax, int worksMax, long bytesMax) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Queue<(T Work, int Bytes)> _waiting = new();
    private long _bytes;
    private int _inLine; // As many as wait, for those who ask without the lock.
    private bool _isTaken = true; // By nobody, until the store is open.
    private bool _isTheWriters;
    private bool _isCrowded;
    private bool _isClosed;

    /// <summary>Whether somebody is in line, or was a moment ago.</summary>
    public bool SomebodyWaits => Waiting > 0;

    /// <summary>How many are in line, or were a moment ago.</summary>
    public int Waiting => Volatile.Read(ref _inLine);

    /// <summary>The store is open: whoever came before it may go on.</summary>
    public void Open() => PassOn();

    public Place Come(T work, int bytes)
    {
        lock (_gate)
        {
            if (_isClosed)
                return Place.Closed;
            if (!_isTaken && !_isCrowded)
            {
                _isTaken = true;
                return Place.Turn;
            }

            if (_waiting.Count >= worksMax || (_waiting.Count > 0 && _bytes + bytes > bytesMax))
                return Place.NoRoom;

            _waiting.Enqueue((work, bytes));
            Volatile.Write(ref _inLine, _waiting.Count);
            _bytes += bytes;
            if (!_isTaken)
                GiveToWriter();
            return Place.InLine;
        }
    }

    /// <summary>Ends a turn that <see cref="Come"/> gave.</summary>
    public void PassOn()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || _isClosed)
                GiveToWriter();
            else
                _isTaken = false;
        }
    }

    /// <summary>For the writer thread alone: ends its turn and waits for the next group. False: closed, and nobody waits or writes any more.</summary>
    public bool Next(List<T> group)
    {
        var isFirst = group.Count == 0;
        while (true)
        {
            lock (_gate)
            {
                if (!isFirst)
                    _isCrowded = group.Count > 1;
                isFirst = true;
                group.Clear();
                if (_isTheWriters && _waiting.Count > 0)
                {
                    Take(group);
                    return true;
                }

                if (_isClosed && (_isTheWriters || !_isTaken))
                    return false;
                if (_isTheWriters)
                    _isTheWriters = _isTaken = false;
            }

            _wake.Wait(Timeout.Infinite); // A word too many only makes it look once more.
        }
    }

    /// <summary>Who waits is still served; nobody comes any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _wake.Release();
        }
    }

    public void Dispose() => _wake.Dispose();

    private void GiveToWriter()
    {
        _isTaken = _isTheWriters = true;
        _wake.Release();
    }

    private void Take(List<T> group)
    {
        while (group.Count < groupMax && _waiting.TryDequeue(out var next))
        {
            group.Add(next.Work);
            _bytes -= next.Bytes;
        }

        Volatile.Write(ref _inLine, _waiting.Count);
    }
}
