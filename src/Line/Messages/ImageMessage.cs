using Line.Validation;

namespace Line;

/// <summary>A picture, which LINE fetches: JPEG or PNG over https.</summary>
/// <param name="OriginalContentUrl">10 MB and 2000 characters at most.</param>
/// <param name="PreviewImageUrl">1 MB and 2000 characters at most.</param>
public sealed record ImageMessage(Uri OriginalContentUrl, Uri PreviewImageUrl) : LineMessage
{
    private protected override string Kind => "image";

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("originalContentUrl", OriginalContentUrl);
        faults.Https("previewImageUrl", PreviewImageUrl);
    }
}
