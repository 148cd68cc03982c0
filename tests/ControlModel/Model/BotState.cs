using System.Collections.Immutable;

namespace ControlModel.Model;

/// <summary>One bot as the promises describe it, and how much of each lane has been explained so far. Compared by value: the checker remembers where it was.</summary>
/// <param name="Now">The store's time, in milliseconds.</param>
/// <param name="Default">The linkage that answers first; null: LINE's own channel.</param>
/// <param name="Spent">Reply tokens that are used, or on their way.</param>
/// <param name="Heard">How many copies of each lane are explained.</param>
public sealed record BotState(
    long Now, Wire Wire, int? Default, ImmutableArray<Standing> Linkages, ImmutableArray<ChatState> Chats, ImmutableSortedSet<int> Spent, ImmutableArray<int> Heard)
{
    /// <summary>LINE's timestamp of its latest word on the connection.</summary>
    public long WireSaidAt { get; init; }

    private int _hash; // Reckoned once; a copy that differs begins without (Fresh).

    /// <summary>Everything attached and on, nothing held, no epoch shown yet.</summary>
    public static BotState Begin(long now, int? @default, int linkages, int chats) => new(
        now, Wire.Attached, @default, [.. Enumerable.Repeat(Standing.On, linkages)], [.. Enumerable.Repeat(new ChatState { HasMovedSince = true }, chats)], [], [.. Enumerable.Repeat(0, linkages * (chats + 1))]);

    /// <summary>The same bot later, without what is too old to matter: fewer states differ.</summary>
    public BotState At(long now) => this with
    {
        _hash = 0,
        Now = now,
        Chats = [.. Chats.Select(chat => chat with
        {
            AcquiredBy = now - chat.AcquiredAt < Promises.AcquireGuard ? chat.AcquiredBy : null,
            AcquiredAt = now - chat.AcquiredAt < Promises.AcquireGuard ? chat.AcquiredAt : 0,
            MovedAtLineAt = now - chat.MovedAtLineAt < Promises.OwnMoveTime ? chat.MovedAtLineAt : null,
        })],
    };

    /// <summary>The same bot with one of its chats only. Tokens are not parted: each is one chat's, and no other chat asks for it.</summary>
    public BotState Alone(int chat) => this with
    {
        _hash = 0,
        Chats = [Chats[chat]],
        Heard = [.. Enumerable.Range(0, Linkages.Length).SelectMany(linkage => new[] { Heard[(linkage * (Chats.Length + 1)) + chat], Heard[(linkage * (Chats.Length + 1)) + Chats.Length] })],
    };

    /// <summary>One bot of several that have a chat of it each and differ in nothing else.</summary>
    public static BotState Join(IReadOnlyList<BotState> alone) => alone[0] with
    {
        _hash = 0,
        Chats = [.. alone.Select(one => one.Chats[0])],
        Spent = alone.Select(one => one.Spent).Aggregate((some, more) => some.Union(more)),
        Heard = [.. Enumerable.Range(0, alone[0].Linkages.Length).SelectMany(linkage => alone.Select(one => one.Heard[linkage * 2]).Append(alone[0].Heard[(linkage * 2) + 1]))],
    };

    /// <summary>The same bot at the beginning of the next round: nothing of its lanes explained.</summary>
    /// <param name="tokens">The reply tokens that may still be tried.</param>
    public BotState NextRound(IReadOnlySet<int> tokens) => this with
    {
        _hash = 0,
        Heard = [.. Heard.Select(_ => 0)],
        Spent = Spent.Intersect(tokens),
        Chats = [.. Chats.Select(chat => chat with
        {
            ReservedFor = chat.ReservedUntil > Now ? chat.ReservedFor : null,
            ReservedUntil = chat.ReservedUntil > Now ? chat.ReservedUntil : 0,
        })],
    };

    /// <summary>The same, its hash to be reckoned anew: for a copy made with changes.</summary>
    public BotState Fresh()
    {
        _hash = 0;
        return this;
    }

    public bool Equals(BotState? other) =>
        other is not null && Now == other.Now && Wire == other.Wire && WireSaidAt == other.WireSaidAt && Default == other.Default && GetHashCode() == other.GetHashCode()
        && Heard.AsSpan().SequenceEqual(other.Heard.AsSpan()) && Chats.AsSpan().SequenceEqual(other.Chats.AsSpan()) && Linkages.AsSpan().SequenceEqual(other.Linkages.AsSpan())
        && Spent.SetEquals(other.Spent);

    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;

        var hash = default(HashCode);
        hash.Add(Now);
        hash.Add(Wire);
        hash.Add(WireSaidAt);
        hash.Add(Default);
        foreach (var linkage in Linkages)
            hash.Add(linkage);
        foreach (var chat in Chats)
            hash.Add(chat);
        foreach (var token in Spent)
            hash.Add(token);
        foreach (var heard in Heard)
            hash.Add(heard);
        return _hash = hash.ToHashCode();
    }

    public override string ToString() =>
        $"time {Now}, {Wire}, first answers {(Default is { } first ? $"linkage {first}" : "nobody")}, linkages {string.Join(' ', Linkages)}"
        + string.Concat(Chats.Select((chat, i) => $"{Environment.NewLine}      chat {i}: {chat}"));
}
