using System.Text.Json.Serialization;
using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>One call or event of a history: when it began, when it ended, and what it may do to the model in between.</summary>
/// <param name="Id">Its number within the run.</param>
[JsonDerivedType(typeof(AcquireStep), "acquire")]
[JsonDerivedType(typeof(ReleaseStep), "release")]
[JsonDerivedType(typeof(PushStep), "push")]
[JsonDerivedType(typeof(ReplyStep), "reply")]
[JsonDerivedType(typeof(EventStep), "event")]
[JsonDerivedType(typeof(LineStep), "line")]
[JsonDerivedType(typeof(DetachStep), "detach")]
[JsonDerivedType(typeof(StandingStep), "standing")]
[JsonDerivedType(typeof(DefaultStep), "default")]
[JsonDerivedType(typeof(TimeStep), "time")]
public abstract record Step(int Id)
{
    /// <summary>When it began; any clock that all steps of a history share.</summary>
    public long Start { get; set; }

    /// <summary>When its effect was there at the latest; <see cref="long.MaxValue"/>: nobody knows.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Of a step with two halves: when the first was there at the latest; the second may have come any time until <see cref="End"/>.</summary>
    public long BegunBy { get; set; } = long.MaxValue;

    /// <summary>Whether it may never have happened at all: its answer was lost.</summary>
    public virtual bool MayNotHappen => false;

    /// <summary>Whether it changes nothing, wherever it is taken: it only says what it saw.</summary>
    public virtual bool OnlySees => false;

    /// <summary>Its place among the events of its bot, in the order of acceptance; null: it has none. Equal places: nobody knows which was first.</summary>
    public virtual long? Order => null;

    /// <summary>Whether it may come before events that came in earlier and cannot be taken yet.</summary>
    public virtual bool Overtakes => false;

    /// <summary>The chat that it is about, and that alone it looks at and changes; null: the whole account, each of its chats for itself.</summary>
    public virtual int? InChat => null;

    /// <summary>The same step where its chat is the only one.</summary>
    public virtual Step Alone() => this;

    /// <summary>When an event was answered with 200: those that came in later are routed later.</summary>
    public long AcceptedBy { get; set; } = long.MaxValue;

    /// <summary>What may come of it at this point of the order.</summary>
    /// <param name="state">The model at this point.</param>
    /// <param name="lanes">What the modules were given.</param>
    /// <param name="hasBegun">Whether its first half was taken already.</param>
    public abstract IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun);
}

/// <summary>A way that a step may go.</summary>
/// <param name="IsOver">False after the first half of a step that has two.</param>
public readonly record struct Taken(Turn Turn, bool IsOver = true)
{
    public static Taken Refused(BotState state, Lanes lanes, string problem)
    {
        var turn = new Turn(state, lanes);
        turn.Refuse(problem);
        return new Taken(turn);
    }
}
