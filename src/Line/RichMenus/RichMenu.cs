using Line.Validation;

namespace Line.RichMenus;

/// <summary>A menu below the chat: a picture with areas to tap.</summary>
/// <param name="Size">The picture's size.</param>
/// <param name="Selected">Whether it is open when the chat is.</param>
/// <param name="Name">For yourself: 1 to 300 grapheme clusters.</param>
/// <param name="ChatBarText">What opens it: 1 to 14 grapheme clusters.</param>
/// <param name="Areas">0 to 20.</param>
public sealed record RichMenu(RichMenuSize Size, bool Selected, string Name, string ChatBarText, IReadOnlyList<RichMenuArea> Areas) : IChecked
{
    /// <summary>Most areas.</summary>
    public const int AreasMax = 20;

    /// <summary>What LINE would refuse; empty when nothing.</summary>
    public IReadOnlyList<LineErrorDetail> Check() => LineLimits.Check(this);

    void IChecked.Check(FaultFinder faults)
    {
        faults.Part("size", Size);
        faults.Text("name", Name, 300, Counting.Graphemes);
        faults.Text("chatBarText", ChatBarText, 14, Counting.Graphemes);
        if (Areas is null)
            faults.Add("areas", "must be specified");

        faults.Parts("areas", Areas, 0, AreasMax);
    }
}
