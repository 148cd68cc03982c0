using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Store;

namespace Sandbox.Coupons;

/// <summary>All coupons.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class CouponBook : IAccountData
{
    private const string Kind = "coupon";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Coupon> _coupons;

    public CouponBook(DocumentStore store)
    {
        _store = store;
        _coupons = store.All<Coupon>(Kind).ToDictionary(coupon => coupon.Id, StringComparer.Ordinal);
    }

    /// <summary>The channel's own coupon of this id on this account; null: for the channel there is none.</summary>
    public Coupon? Find(Channel channel, BotId botId, string id)
    {
        lock (_lock)
            return _coupons.GetValueOrDefault(id) is { } coupon && coupon.BelongsTo(channel, botId) ? coupon : null;
    }

    /// <summary>A coupon that some channel made on this account, as its messages name it to people.</summary>
    public Coupon? Find(BotId botId, string id)
    {
        lock (_lock)
            return _coupons.GetValueOrDefault(id) is { } coupon && coupon.BotId == botId ? coupon : null;
    }

    /// <summary>The channel's coupons on this account, oldest first.</summary>
    public IReadOnlyList<Coupon> Of(Channel channel, BotId botId)
    {
        lock (_lock)
            return [.. _coupons.Values.Where(coupon => coupon.BelongsTo(channel, botId)).OrderBy(coupon => coupon.Id, StringComparer.Ordinal)];
    }

    public void Save(Coupon coupon)
    {
        lock (_lock)
        {
            _coupons[coupon.Id] = coupon;
            _store.Put(Kind, coupon.Id, coupon);
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var coupon in _coupons.Values.Where(coupon => coupon.BotId == botId).ToList())
            {
                _coupons.Remove(coupon.Id);
                _store.Delete(Kind, coupon.Id);
            }
        }
    }
}
