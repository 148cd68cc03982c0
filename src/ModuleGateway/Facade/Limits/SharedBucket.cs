using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>One token bucket of LINE's, shared by the linkages of a bot: each has its share for itself, and what flows over from idle shares is for all.</summary>
/// <remarks>
/// A share holds capacity ÷ linkages and fills at rate ÷ linkages. What a full share does not hold flows into the common part. Shares and common part
/// together never hold more than LINE's bucket, whose level is kept beside them: it has the last word where linkages come and go.
/// Where there are more linkages than tokens a share never holds a whole one: then whoever has a part of one may call, and owes the rest to its share;
/// whoever owes may go on with what others leave idle, but the last token stays for those who do not.
/// Not thread-safe: callers lock it.
/// </remarks>
/// <param name="capacity">LINE's limit, in calls.</param>
/// <param name="per">In which so many flow back.</param>
internal sealed class SharedBucket(double capacity, TimeSpan per, DateTimeOffset now)
{
    /// <summary>Shares that are not full, by linkage: below zero when something is owed.</summary>
    private readonly Dictionary<LinkageId, double> _shares = [];

    private readonly double _capacity = capacity;
    private readonly TimeSpan _per = per;
    private double _level = capacity;
    private double _common;
    private DateTimeOffset _at = now;
    private DateTimeOffset _pausedUntil;

    /// <summary>Forgotten: whoever still finds it takes a fresh one.</summary>
    public bool IsGone { get; set; }

    /// <summary>Takes a token for this linkage; false when it must wait.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="linkages">How many share the bucket, the caller among them.</param>
    /// <param name="now">Never earlier than before.</param>
    public bool TryTake(LinkageId caller, int linkages, DateTimeOffset now)
    {
        Fill(linkages, now);
        var size = _capacity / linkages;
        var own = _shares.GetValueOrDefault(caller, size);
        var mayCall = (size < 1 && own > 0) || own + _common >= 1;
        var mustLeave = size < 1 && own <= 0 ? 1 : 0;
        if (now < _pausedUntil || !mayCall || _level < 1 + mustLeave)
            return false;

        var fromCommon = Math.Min(_common, 1 - Math.Clamp(own, 0, 1));
        _common -= fromCommon;
        _shares[caller] = own - (1 - fromCommon);
        _level--;
        return true;
    }

    /// <summary>LINE says that it is empty: nobody calls before one more has flown back, and not within a second.</summary>
    public void Pause(DateTimeOffset now)
    {
        _level = 0;
        _common = 0;
        _at = now;
        _pausedUntil = now + TimeSpan.FromSeconds(Math.Max(1, _per.TotalSeconds / _capacity));
    }

    /// <summary>Whether it is as if nobody had ever called.</summary>
    public bool IsFull(DateTimeOffset now) => now >= _pausedUntil && _level + Flown(now) >= _capacity;

    private void Fill(int linkages, DateTimeOffset now)
    {
        var flown = Flown(now);
        _at = now;
        _level = Math.Min(_capacity, _level + flown);
        var (size, each) = (_capacity / linkages, flown / linkages);
        var held = size * Math.Max(0, linkages - _shares.Count);
        var over = each * Math.Max(0, linkages - _shares.Count);
        foreach (var (linkage, before) in _shares)
        {
            var after = before + each;
            if (after >= size)
            {
                over += after - size;
                _shares.Remove(linkage);
            }
            else
            {
                _shares[linkage] = after;
            }

            held += Math.Clamp(after, 0, size);
        }

        _common = Math.Clamp(_common + over, 0, Math.Max(0, _capacity - held));
    }

    private double Flown(DateTimeOffset now) => _capacity * Math.Max(0, (now - _at) / _per);
}
