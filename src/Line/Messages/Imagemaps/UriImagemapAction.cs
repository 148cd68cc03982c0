using Line.Validation;

namespace Line;

/// <summary>Opens an address.</summary>
/// <param name="LinkUri">http, https, line or tel; 1000 characters at most.</param>
/// <param name="Area">The part of the picture.</param>
public sealed record UriImagemapAction(Uri LinkUri, ImagemapArea Area) : ImagemapAction(Area)
{
    private protected override string Kind => "uri";

    private protected override void CheckOwn(FaultFinder faults) => faults.Address("linkUri", LinkUri, 1000, isRequired: true, "http", "https", "line", "tel");
}
