using Line.Validation;

namespace Line;

/// <summary>Where a person may go after a video.</summary>
/// <param name="LinkUri">http, https, line or tel; 1000 characters at most.</param>
/// <param name="Label">What stands on it: 1 to 30 UTF-16 units.</param>
public sealed record ImagemapLink(Uri LinkUri, string Label) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Address("linkUri", LinkUri, 1000, isRequired: true, "http", "https", "line", "tel");
        faults.Text("label", Label, 30);
    }
}
