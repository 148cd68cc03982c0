using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>Which steps may come next, by real time and by the order in which events were accepted.</summary>
internal static class Order
{
    public static bool IsDone(UInt128 done, int step) => (done >> step & 1) != 0;

    /// <param name="done">The steps that came before.</param>
    /// <param name="begun">Those of which the first half did.</param>
    /// <param name="isDetached">Whether events of chats wait for a connection, so that those about the connection itself overtake them.</param>
    public static IEnumerable<int> Open(IReadOnlyList<Step> steps, UInt128 done, UInt128 begun, bool isDetached)
    {
        var (firstEnd, firstOrder, firstAccepted) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (var i = 0; i < steps.Count; i++)
        {
            if (IsDone(done, i))
                continue;
            firstEnd = Math.Min(firstEnd, IsDone(begun, i) ? steps[i].End : Math.Min(steps[i].End, steps[i].BegunBy));
            firstOrder = Math.Min(firstOrder, steps[i].Order ?? long.MaxValue);
            firstAccepted = Math.Min(firstAccepted, steps[i].AcceptedBy);
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (!IsDone(done, i) && steps[i].Start <= firstEnd && !(steps[i].Order is { } order && !(isDetached && steps[i].Overtakes) && (order > firstOrder || steps[i].Start > firstAccepted)))
                yield return i;
        }
    }

    /// <summary>The steps that happened whatever their callers heard.</summary>
    public static UInt128 Certain(IReadOnlyList<Step> steps)
    {
        var certain = UInt128.Zero;
        for (var i = 0; i < steps.Count; i++)
            certain |= steps[i].MayNotHappen ? UInt128.Zero : UInt128.One << i;
        return certain;
    }
}
