using System.Diagnostics.CodeAnalysis;
using Sandbox.Store;

namespace Sandbox.Accounts;

/// <summary>All LINE users.</summary>
/// <remarks>Thread-safe: one lock; records are immutable. Nobody is ever removed.</remarks>
internal sealed class PeopleDirectory
{
    private const string Kind = "person";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Person> _byId;
    private readonly Dictionary<Guid, Person> _byIdentity;

    public PeopleDirectory(DocumentStore store)
    {
        _store = store;
        _byId = store.All<Person>(Kind).ToDictionary(person => person.Id, StringComparer.Ordinal);
        _byIdentity = _byId.Values.ToDictionary(person => person.Identity);
    }

    public IReadOnlyList<Person> All()
    {
        lock (_lock)
            return [.. _byId.Values.OrderBy(person => person.Id, StringComparer.Ordinal)];
    }

    public bool TryFind(string id, [NotNullWhen(true)] out Person? person)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out person);
    }

    public bool TryFind(Guid identity, [NotNullWhen(true)] out Person? person)
    {
        lock (_lock)
            return _byIdentity.TryGetValue(identity, out person);
    }

    /// <summary>Adds a person; false when the id is taken.</summary>
    public bool TryAdd(Person person)
    {
        lock (_lock)
        {
            if (!_byId.TryAdd(person.Id, person))
                return false;

            _byIdentity.Add(person.Identity, person);
            _store.Put(Kind, person.Id, person);
            return true;
        }
    }
}
