using Line.Validation;

namespace Line;

/// <summary>Sends a text as if the person had written it.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Text">1 to 300 grapheme clusters.</param>
public sealed record MessageAction(string? Label, string Text) : LineAction(Label)
{
    private protected override string Kind => "message";

    private protected override void CheckOwn(FaultFinder faults) => faults.Text("text", Text, 300, Counting.Graphemes);
}
