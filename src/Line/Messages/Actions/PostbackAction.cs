using Line.Validation;

namespace Line;

/// <summary>Sends data back by webhook.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Data">1 to 300 UTF-16 units.</param>
/// <param name="DisplayText">What the chat shows as said by the person, 300 grapheme clusters at most; null shows nothing.</param>
public sealed record PostbackAction(string? Label, string Data, string? DisplayText = null) : LineAction(Label)
{
    private protected override string Kind => "postback";

    /// <summary>LINE's older way to <see cref="DisplayText"/>: not both.</summary>
    public string? Text { get; init; }

    /// <summary>What the tap does to keyboard and rich menu.</summary>
    public ActionInputOption? InputOption { get; init; }

    /// <summary>Filled into the keyboard that <see cref="ActionInputOption.OpenKeyboard"/> opens: 300 grapheme clusters at most.</summary>
    public string? FillInText { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("data", Data, 300);
        faults.Length("displayText", DisplayText, 300, Counting.Graphemes);
        faults.Length("text", Text, 300, Counting.Graphemes);
        faults.Word("inputOption", InputOption);
        faults.Length("fillInText", FillInText, 300, Counting.Graphemes);
        if (DisplayText is not null && Text is not null)
            faults.Add("text", "displayText and text cannot be given together");
    }
}
