using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Store;

namespace Sandbox.Accounts;

/// <summary>All account managers and their rights.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class ManagerDirectory
{
    private const string Kind = "manager";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Manager> _managers;

    public ManagerDirectory(DocumentStore store)
    {
        _store = store;
        _managers = store.All<Manager>(Kind).ToDictionary(manager => manager.Email, StringComparer.Ordinal);
    }

    public IReadOnlyList<Manager> All()
    {
        lock (_lock)
            return [.. _managers.Values.OrderBy(manager => manager.Email, StringComparer.Ordinal)];
    }

    public bool TryFind(string email, [NotNullWhen(true)] out Manager? manager)
    {
        lock (_lock)
            return _managers.TryGetValue(email.Trim().ToLowerInvariant(), out manager);
    }

    /// <summary>The manager with this e-mail address and password; null when either is wrong.</summary>
    public Manager? SignIn(string email, string password)
    {
        var known = TryFind(email, out var manager);
        return (manager?.Password ?? PasswordHash.Nobody).Matches(password) && known ? manager : null;
    }

    /// <summary>Adds a manager; false when the e-mail address is taken.</summary>
    public bool TryAdd(Manager manager)
    {
        lock (_lock)
        {
            if (!_managers.TryAdd(manager.Email, manager))
                return false;

            _store.Put(Kind, manager.Email, manager);
            return true;
        }
    }

    /// <summary>Gives, changes or (null) takes away a right; false when there is no such manager.</summary>
    public bool SetRole(string email, BotId botId, AccountRole? role)
    {
        lock (_lock)
        {
            if (!TryFind(email, out var manager))
                return false;

            var rights = manager.Rights.Where(right => right.BotId != botId).ToList();
            if (role is { } given)
                rights.Add(new AccountRight(botId, given));

            var changed = manager with { Rights = rights };
            _managers[manager.Email] = changed;
            _store.Put(Kind, manager.Email, changed);
            return true;
        }
    }
}
