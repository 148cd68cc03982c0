namespace ControlModel.Model;

/// <summary>One chat as the promises describe it. Instants are milliseconds of the store's time; linkages are numbered within their bot.</summary>
public readonly record struct ChatState()
{
    public Holding Holding { get; init; }

    /// <summary>Set when a linkage holds the chat.</summary>
    public int Holder { get; init; } = -1;

    /// <summary>When the hold ends by itself; null: not.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>When its holder took it last; 0 where nobody holds it.</summary>
    public long TakenAt { get; init; }

    /// <summary>Whose successful acquire keeps others away for 3 s; null: nobody's.</summary>
    public int? AcquiredBy { get; init; }

    public long AcquiredAt { get; init; }

    /// <summary>LINE says that its own channel answers here.</summary>
    public bool IsStandbyAtLine { get; init; }

    /// <summary>LINE's timestamp of that word.</summary>
    public long LineSaidAt { get; init; }

    /// <summary>When we moved the chat at LINE ourselves and LINE's notice of it has not come; null otherwise.</summary>
    public long? MovedAtLineAt { get; init; }

    /// <summary>The acquire that is on its way to LINE; null: none.</summary>
    public int? ReservedFor { get; init; }

    public long ReservedUntil { get; init; }

    public Wish Wish { get; init; }

    /// <summary>Given back at LINE because nobody of ours answers first.</summary>
    public bool WasGivenForWantOfDefault { get; init; }

    /// <summary>The customer blocked the account, or the account left the group.</summary>
    public bool IsGone { get; init; }

    /// <summary>The newest epoch that anybody was shown in this chat.</summary>
    public long Epoch { get; init; }

    /// <summary>The active module changed after <see cref="Epoch"/> was shown: the next one that is shown is greater.</summary>
    public bool HasMovedSince { get; init; }

    /// <summary>Held by nobody; who acquired it a moment ago keeps others away all the same.</summary>
    public ChatState Freed() => this with { Holding = Holding.None, Holder = -1, ExpiresAt = null, TakenAt = 0 };

    /// <summary>Held by nobody, and anybody's to take.</summary>
    public ChatState GivenUp() => Freed() with { AcquiredBy = null, AcquiredAt = 0 };

    public override string ToString() =>
        $"holder {(Holding == Holding.Linkage ? $"linkage {Holder}{(ExpiresAt is { } end ? $" until {end}" : "")}" : Holding.ToString())}{(Holding != Holding.None ? $" since {TakenAt}" : "")}"
        + (IsStandbyAtLine ? ", standby at LINE" : "") + (MovedAtLineAt is { } moved ? $", moved at LINE {moved}" : "")
        + (AcquiredBy is { } by ? $", acquired by {by} at {AcquiredAt}" : "") + (ReservedFor is { } step ? $", reserved by call {step} until {ReservedUntil}" : "")
        + (Wish != Wish.None ? $", to {Wish} at LINE" : "") + (IsGone ? ", gone" : "") + $", epoch {Epoch}{(HasMovedSince ? "+" : "")}";
}
