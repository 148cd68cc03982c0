namespace ControlModel.Model;

/// <summary>What every linkage of a bot was given during a round, lane by lane: one for each of its chats, and one for the whole account.</summary>
public sealed class Lanes(int linkages, int chats)
{
    private readonly List<Copy>[] _lanes = [.. Enumerable.Range(0, linkages * (chats + 1)).Select(_ => new List<Copy>())];

    public int Linkages { get; } = linkages;

    public int Chats { get; } = chats;

    public int Count => _lanes.Length;

    public IReadOnlyList<Copy> this[int lane] => _lanes[lane];

    /// <param name="linkage">Whose.</param>
    /// <param name="chat">Null: what concerns the whole account.</param>
    public int Lane(int linkage, int? chat) => (linkage * (Chats + 1)) + (chat ?? Chats);

    public Lanes Add(int linkage, int? chat, Copy copy)
    {
        Add(Lane(linkage, chat), copy);
        return this;
    }

    public void Add(int lane, Copy copy) => _lanes[lane].Add(copy);

    /// <summary>The same where one chat is the only one.</summary>
    public Lanes Alone(int chat)
    {
        var alone = new Lanes(Linkages, 1);
        for (var linkage = 0; linkage < Linkages; linkage++)
        {
            alone._lanes[alone.Lane(linkage, 0)].AddRange(_lanes[Lane(linkage, chat)]);
            alone._lanes[alone.Lane(linkage, null)].AddRange(_lanes[Lane(linkage, null)]);
        }

        return alone;
    }

    public string Name(int lane) => lane % (Chats + 1) == Chats ? $"linkage {lane / (Chats + 1)}, account" : $"linkage {lane / (Chats + 1)}, chat {lane % (Chats + 1)}";
}
