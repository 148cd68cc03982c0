using Line.Validation;

namespace Line;

/// <summary>Copies a text to the clipboard.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="ClipboardText">1 to 1000 UTF-16 units.</param>
public sealed record ClipboardAction(string? Label, string ClipboardText) : LineAction(Label)
{
    private protected override string Kind => "clipboard";

    private protected override void CheckOwn(FaultFinder faults) => faults.Text("clipboardText", ClipboardText, 1000);
}
