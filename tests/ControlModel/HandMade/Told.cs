using ControlModel.Checking;
using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.HandMade;

/// <summary>A history told by hand: one bot, two linkages, one chat; linkage 0 answers first; steps follow each other unless told otherwise.</summary>
internal sealed class Told
{
    public const long Noon = 1_000_000;

    private readonly List<Step> _steps = [];
    private readonly Lanes _lanes = new(2, 1);
    private long _clock;

    /// <summary>Tells a step that begins after all others have ended. Nobody knows the end of one whose answer was lost.</summary>
    public Told Then(Func<int, Step> step)
    {
        var told = step(_steps.Count);
        told.Start = ++_clock;
        told.End = told.MayNotHappen ? long.MaxValue : ++_clock;
        _steps.Add(told);
        return this;
    }

    /// <summary>Tells a step that runs beside the one before.</summary>
    public Told Beside(Func<int, Step> step)
    {
        var told = step(_steps.Count);
        (told.Start, told.End) = (_steps[^1].Start, _steps[^1].End);
        _steps.Add(told);
        return this;
    }

    /// <summary>Linkage <paramref name="linkage"/> got this in the chat.</summary>
    public Told Got(int linkage, Copy copy)
    {
        _lanes.Add(linkage, 0, copy);
        return this;
    }

    public Told GotForAccount(int linkage, Copy copy)
    {
        _lanes.Add(linkage, null, copy);
        return this;
    }

    /// <summary>A customer writes, and both linkages get it.</summary>
    public Told Message(string id, int active, long epoch) =>
        Then(step => new EventStep(step, EventKind.Message, id, step, 0, true, Noon + step))
            .Got(0, new Copy(id, CopyKind.Event, active == 0, epoch)).Got(1, new Copy(id, CopyKind.Event, active == 1, epoch));

    public Verdict Judged() => new Checker(_lanes, _steps).Check(BotState.Begin(Noon, 0, 2, 1));
}
