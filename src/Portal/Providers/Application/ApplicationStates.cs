using System.Collections.Frozen;

namespace Portal.Providers;

public enum ApplicationState
{
    /// <summary>Being written, saved as it goes.</summary>
    Draft,

    /// <summary>Handed in; nobody has taken it up yet.</summary>
    Submitted,

    InReview,

    /// <summary>Sent back with questions; may be changed again.</summary>
    MoreAsked,

    /// <summary>The end of a good one: from then on only its certification's term counts.</summary>
    Certified,

    /// <summary>The end of a bad one; another may be begun.</summary>
    Refused,
}

public enum ApplicationAct { Submit, TakeUp, Ask, Certify, Refuse }

/// <summary>What may follow what: the whole machine. An act that does not fit the state changes nothing.</summary>
public static class ApplicationStates
{
    private static readonly FrozenDictionary<(ApplicationState, ApplicationAct), ApplicationState> Table = new Dictionary<(ApplicationState, ApplicationAct), ApplicationState>
    {
        [(ApplicationState.Draft, ApplicationAct.Submit)] = ApplicationState.Submitted,
        [(ApplicationState.Submitted, ApplicationAct.TakeUp)] = ApplicationState.InReview,
        [(ApplicationState.InReview, ApplicationAct.Ask)] = ApplicationState.MoreAsked,
        [(ApplicationState.MoreAsked, ApplicationAct.Submit)] = ApplicationState.Submitted,
        [(ApplicationState.InReview, ApplicationAct.Certify)] = ApplicationState.Certified,
        [(ApplicationState.InReview, ApplicationAct.Refuse)] = ApplicationState.Refused,
    }.ToFrozenDictionary();

    /// <returns>Null: this act does not fit.</returns>
    public static ApplicationState? After(ApplicationState state, ApplicationAct act) => Table.TryGetValue((state, act), out var next) ? next : null;

    /// <summary>Whether the company may change what it says.</summary>
    public static bool IsOpen(ApplicationState state) => state is ApplicationState.Draft or ApplicationState.MoreAsked;

    /// <summary>Whether nothing will happen to it any more.</summary>
    public static bool IsEnded(ApplicationState state) => state is ApplicationState.Certified or ApplicationState.Refused;
}
