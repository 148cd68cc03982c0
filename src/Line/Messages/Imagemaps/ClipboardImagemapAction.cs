using Line.Validation;

namespace Line;

/// <summary>Copies a text to the clipboard.</summary>
/// <param name="ClipboardText">1 to 1000 UTF-16 units.</param>
/// <param name="Area">The part of the picture.</param>
public sealed record ClipboardImagemapAction(string ClipboardText, ImagemapArea Area) : ImagemapAction(Area)
{
    private protected override string Kind => "clipboard";

    private protected override void CheckOwn(FaultFinder faults) => faults.Text("clipboardText", ClipboardText, 1000);
}
