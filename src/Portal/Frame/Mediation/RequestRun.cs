using Portal.Store;

namespace Portal.Frame.Mediation;

/// <summary>One command or query on its way through the mediator, as every context that saves within it sees it.</summary>
/// <param name="name">For what a bug is told by.</param>
/// <param name="isCommand">False: a query, which saves nothing.</param>
/// <param name="joined">The context whose saves are one transaction, begun by the first; null: each save by itself.</param>
internal sealed class RequestRun(string name, bool isCommand, PortalDb? joined)
{
    private static readonly AsyncLocal<RequestRun?> Now = new();
    private readonly List<Action> _afterCommit = [];

    public static RequestRun? Current => Now.Value;

    public string Name { get; } = name;

    public bool IsCommand { get; } = isCommand;

    /// <summary>Something was saved that is no audit row.</summary>
    public bool HasChanged { get; private set; }

    public bool HasAudited { get; private set; }

    public static RequestRun Begin(string name, bool isCommand, PortalDb? joined) => Now.Value = new RequestRun(name, isCommand, joined);

    public bool Joins(PortalDb db) => ReferenceEquals(joined, db);

    public void Saved(bool changes, bool audit) => (HasChanged, HasAudited) = (HasChanged || changes, HasAudited || audit);

    /// <summary>Does it when the change is there for everybody to see: after the commit, or at once where each save is its own.</summary>
    public static void AfterCommit(Action what)
    {
        if (Current is { IsCommand: true } run && run.HasJoined)
            run._afterCommit.Add(what);
        else
            what();
    }

    public void Committed()
    {
        foreach (var what in _afterCommit)
            what();
    }

    private bool HasJoined => joined is not null;
}
