using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>What one flush to this machine's disk takes, measured between the rounds of the same run: nothing durable is faster.</summary>
internal sealed class FlushTime(string folder) : IDisposable
{
    private const int Flushes = 40;
    private const int Bytes = 4096;
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file = File.OpenHandle(Path.Combine(folder, "flushed"), FileMode.Create, FileAccess.Write);
    private readonly List<double> _millis = [];
    private long _at;

    /// <summary>Writes and flushes some more.</summary>
    public void Sample()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        for (var i = 0; i < Flushes; i++)
        {
            RandomAccess.Write(_file, bytes, _at);
            _at += Bytes;
            var started = Stopwatch.GetTimestamp();
            RandomAccess.FlushToDisk(_file);
            _millis.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    public double P50 => Percentiles.Of(_millis, 0.5);

    public double P99 => Percentiles.Of(_millis, 0.99);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a flush takes {P50:0.00} ms, p99 {P99:0.0} ms");

    public void Dispose() => _file.Dispose();
}
