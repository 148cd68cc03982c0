using Line.Validation;

namespace Line;

/// <summary>Sends a text as if the person had written it.</summary>
/// <param name="Text">1 to 400 UTF-16 units.</param>
/// <param name="Area">The part of the picture.</param>
public sealed record MessageImagemapAction(string Text, ImagemapArea Area) : ImagemapAction(Area)
{
    private protected override string Kind => "message";

    private protected override void CheckOwn(FaultFinder faults) => faults.Text("text", Text, 400);
}
