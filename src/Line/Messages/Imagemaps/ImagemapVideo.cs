using Line.Validation;

namespace Line;

/// <summary>A video within an imagemap's picture.</summary>
/// <param name="OriginalContentUrl">https, mp4, 200 MB at most.</param>
/// <param name="PreviewImageUrl">https, JPEG or PNG, 1 MB at most.</param>
/// <param name="Area">Where it plays.</param>
public sealed record ImagemapVideo(Uri OriginalContentUrl, Uri PreviewImageUrl, ImagemapArea Area) : IChecked
{
    /// <summary>Shown when it has ended.</summary>
    public ImagemapLink? ExternalLink { get; init; }

    void IChecked.Check(FaultFinder faults)
    {
        faults.Https("originalContentUrl", OriginalContentUrl);
        faults.Https("previewImageUrl", PreviewImageUrl);
        faults.Part("area", Area);
        faults.Part("externalLink", ExternalLink, isRequired: false);
    }
}
