using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Accounts;
using Sandbox.Store;

namespace Sandbox.Groups;

/// <summary>All groups and rooms.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class GroupDirectory : IAccountData
{
    private const string Kind = "group";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Group> _byId;

    public GroupDirectory(DocumentStore store)
    {
        _store = store;
        _byId = store.All<Group>(Kind).ToDictionary(group => group.Id, StringComparer.Ordinal);
    }

    /// <summary>The groups that a person is in, by name.</summary>
    public IReadOnlyList<Group> OfPerson(string personId)
    {
        lock (_lock)
            return [.. _byId.Values.Where(group => group.Members.Contains(personId)).OrderBy(group => group.Name, StringComparer.Ordinal).ThenBy(group => group.Id, StringComparer.Ordinal)];
    }

    public bool TryFind(string id, [NotNullWhen(true)] out Group? group)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out group);
    }

    /// <summary>The group behind the id that channels use; null when there is none.</summary>
    public Group? OfLineId(string lineId)
    {
        lock (_lock)
            return _byId.Values.FirstOrDefault(group => group.LineId == lineId);
    }

    /// <summary>Adds or replaces.</summary>
    public void Save(Group group)
    {
        lock (_lock)
        {
            _byId[group.Id] = group;
            _store.Put(Kind, group.Id, group);
        }
    }

    /// <summary>Takes an account that is erased out of every group.</summary>
    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var group in _byId.Values.Where(group => group.BotId == botId).ToList())
                Save(group with { BotId = null, OwesJoin = false });
        }
    }
}
