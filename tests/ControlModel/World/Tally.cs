using System.Collections.Concurrent;

namespace ControlModel.World;

/// <summary>What a run tried.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public void Count(string what, int times = 1) => _counts.AddOrUpdate(what, times, (_, before) => before + times);

    public int this[string what] => _counts.GetValueOrDefault(what);

    public override string ToString() => string.Join(", ", _counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"));
}
