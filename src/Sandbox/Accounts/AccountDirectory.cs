using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Store;

namespace Sandbox.Accounts;

/// <summary>All Official Accounts, and what each has sent this month.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class AccountDirectory
{
    private const string Kind = "account";
    private const string UsageKind = "usage";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<BotId, OfficialAccount> _accounts;
    private readonly Dictionary<BotId, MonthlyUsage> _usage;
    private readonly Dictionary<BotId, long> _reserved = [];

    public AccountDirectory(DocumentStore store)
    {
        _store = store;
        _accounts = store.All<OfficialAccount>(Kind).ToDictionary(account => account.BotId);
        _usage = store.All<MonthlyUsage>(UsageKind).ToDictionary(usage => usage.BotId);
    }

    public IReadOnlyList<OfficialAccount> All()
    {
        lock (_lock)
            return [.. _accounts.Values.OrderBy(account => account.BasicId, StringComparer.Ordinal)];
    }

    public bool TryFind(BotId botId, [NotNullWhen(true)] out OfficialAccount? account)
    {
        lock (_lock)
            return _accounts.TryGetValue(botId, out account);
    }

    /// <summary>Adds an account; false when its bot or basic id is taken.</summary>
    public bool TryAdd(OfficialAccount account)
    {
        lock (_lock)
        {
            if (_accounts.Values.Any(other => other.BotId == account.BotId || other.BasicId == account.BasicId))
                return false;

            Save(account);
            return true;
        }
    }

    /// <summary>Suspends or resumes; null when there is no such account or nothing changes.</summary>
    public OfficialAccount? SetSuspended(BotId botId, bool isSuspended)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(botId, out var account) || account.IsSuspended == isSuspended)
                return null;

            var changed = account with { IsSuspended = isSuspended };
            Save(changed);
            return changed;
        }
    }

    /// <summary>Whether it may be invited into groups from now on; null when there is no such account.</summary>
    public OfficialAccount? SetJoinsGroups(BotId botId, bool joinsGroups)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(botId, out var account))
                return null;

            var changed = account with { JoinsGroups = joinsGroups };
            Save(changed);
            return changed;
        }
    }

    /// <summary>Sets the monthly limit; null when there is no such account.</summary>
    public OfficialAccount? SetQuota(BotId botId, long? monthlyQuota)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(botId, out var account))
                return null;

            var changed = account with { MonthlyQuota = monthlyQuota };
            Save(changed);
            return changed;
        }
    }

    public bool Remove(BotId botId)
    {
        lock (_lock)
        {
            _store.Delete(Kind, botId.ToString());
            _store.Delete(UsageKind, botId.ToString());
            _usage.Remove(botId);
            return _accounts.Remove(botId);
        }
    }

    public long UsedThisMonth(BotId botId, DateTimeOffset now)
    {
        lock (_lock)
            return _usage.TryGetValue(botId, out var usage) && usage.Month == MonthlyUsage.MonthOf(now) ? usage.Messages : 0;
    }

    /// <summary>Counts messages against the month; false, and nothing counted, when they would pass the limit.</summary>
    public bool TryCount(BotId botId, long messages, DateTimeOffset now)
    {
        lock (_lock)
        {
            var used = UsedThisMonth(botId, now) + messages;
            if (!_accounts.TryGetValue(botId, out var account) || used + _reserved.GetValueOrDefault(botId) > account.MonthlyQuota)
                return false;

            var usage = new MonthlyUsage(botId, MonthlyUsage.MonthOf(now), used);
            _usage[botId] = usage;
            _store.Put(UsageKind, botId.ToString(), usage);
            return true;
        }
    }

    /// <summary>What may still be sent this month beside what is reserved; null: no limit.</summary>
    public long? Remaining(BotId botId, DateTimeOffset now)
    {
        lock (_lock)
            return _accounts.TryGetValue(botId, out var account) && account.MonthlyQuota is { } quota
                ? Math.Max(0, quota - UsedThisMonth(botId, now) - _reserved.GetValueOrDefault(botId))
                : null;
    }

    /// <summary>Holds messages back for a big delivery that is on its way; false, and nothing held, when they would pass the limit. In memory: the delivery asks again after a restart.</summary>
    public bool TryReserve(BotId botId, long messages, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Remaining(botId, now) < messages)
                return false;

            _reserved[botId] = _reserved.GetValueOrDefault(botId) + messages;
            return true;
        }
    }

    /// <summary>Ends a reservation and counts what was used of it; false, and nothing counted, when the limit was lowered meanwhile.</summary>
    public bool TrySettle(BotId botId, long reserved, long used, DateTimeOffset now)
    {
        lock (_lock)
        {
            Release(botId, reserved);
            return TryCount(botId, used, now);
        }
    }

    /// <summary>Ends a reservation of which nothing was used.</summary>
    public void Release(BotId botId, long reserved)
    {
        lock (_lock)
            _reserved[botId] = _reserved.GetValueOrDefault(botId) - reserved;
    }

    private void Save(OfficialAccount account)
    {
        _accounts[account.BotId] = account;
        _store.Put(Kind, account.BotId.ToString(), account);
    }
}
