using System.Text;
using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>Shows where every order ends: the last steps that could be taken, the model there, and why none of the open ones could.</summary>
internal sealed class TimeLine(Lanes lanes, IReadOnlyList<Step> steps)
{
    private const int LastMax = 12;

    /// <param name="done">What is done there.</param>
    /// <param name="begun">What is half done.</param>
    /// <param name="there">The model there.</param>
    /// <param name="taken">All that led there.</param>
    public string Write(UInt128 done, UInt128 begun, BotState there, IReadOnlyList<string> taken)
    {
        var text = new StringBuilder();
        text.AppendLine("  Explained so far, the last of it:");
        foreach (var what in taken.TakeLast(LastMax))
            text.Append("    ").AppendLine(what);
        text.Append("  The model there: ").AppendLine(there.ToString());
        var open = Order.Open(steps, done, begun, there.Wire == Wire.Detached).ToList();
        text.AppendLine("  Calls and events open at this point, by their beginning, and why each cannot be next:");
        var zero = open.Count > 0 ? open.Min(i => steps[i].Start) : 0;
        foreach (var i in open.OrderBy(i => steps[i].Start))
        {
            var isHalf = (begun >> i & 1) != 0;
            var why = steps[i].Take(there, lanes, isHalf).Select(one => one.Turn.Problem ?? "(possible, and leads nowhere)");
            text.AppendLine($"    {Millis(steps[i].Start - zero),9} .. {(steps[i].End == long.MaxValue ? "?" : Millis(steps[i].End - zero)),-9} {(isHalf ? "[half done] " : "")}{steps[i]}: {string.Join(" | ", why)}");
        }

        text.AppendLine("  What modules were given next, and is not explained:");
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            foreach (var copy in lanes[lane].Skip(there.Heard[lane]).Take(2))
                text.AppendLine($"    {lanes.Name(lane)}: {copy}");
        }

        return text.ToString();
    }

    /// <summary>The whole round, step by step and lane by lane: for whoever has to find out what happened before the end of all orders.</summary>
    public string WriteAll()
    {
        var text = new StringBuilder();
        var zero = steps.Min(step => step.Start);
        foreach (var step in steps.OrderBy(step => step.Start))
            text.AppendLine($"    {Millis(step.Start - zero),9} .. {(step.End == long.MaxValue ? "?" : Millis(step.End - zero)),-9} {(step.Order is { } order ? $"#{order} " : "")}{step}");
        for (var lane = 0; lane < lanes.Count; lane++)
            text.AppendLine($"    {lanes.Name(lane)}: {string.Join("; ", lanes[lane])}");
        return text.ToString();
    }

    private static string Millis(long ticks) => (ticks * 1000.0 / System.Diagnostics.Stopwatch.Frequency).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
}
