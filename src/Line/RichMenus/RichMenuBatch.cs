using System.Text.RegularExpressions;
using Line.Validation;

namespace Line.RichMenus;

/// <summary>Changes of who sees which menu, for all people at once.</summary>
/// <param name="Operations">1 to 1000, each menu at most once as <c>from</c>; <see cref="UnlinkAllOperation"/> alone.</param>
/// <param name="ResumeRequestKey">1 to 100 of <c>a-z A-Z 0-9 _ -</c>: goes on with a batch of the same key, within 14 days, instead of beginning anew.</param>
public sealed partial record RichMenuBatch(IReadOnlyList<RichMenuOperation> Operations, string? ResumeRequestKey = null) : IChecked
{
    /// <summary>Most operations.</summary>
    public const int OperationsMax = 1000;

    /// <summary>What LINE would refuse; empty when nothing.</summary>
    public IReadOnlyList<LineErrorDetail> Check() => LineLimits.Check(this);

    void IChecked.Check(FaultFinder faults)
    {
        if (!faults.Size("operations", Operations, 1, OperationsMax))
            return;

        var from = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Operations.Count; i++)
        {
            if (Operations[i] is UnlinkAllOperation && Operations.Count > 1)
                faults.Add("operations", i, "unlinkAll must be the only operation");

            if (Operations[i].From is { } menu && !from.Add(menu))
                faults.Add("operations", i, "each from may be given once");
        }

        faults.Matches("resumeRequestKey", ResumeRequestKey, Key());
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,100}$")]
    private static partial Regex Key();
}
