using Line.Validation;

namespace Line;

/// <summary>A video, which LINE fetches: mp4 over https.</summary>
/// <param name="OriginalContentUrl">200 MB and 2000 characters at most.</param>
/// <param name="PreviewImageUrl">JPEG or PNG of the video's shape, 1 MB and 2000 characters at most.</param>
public sealed record VideoMessage(Uri OriginalContentUrl, Uri PreviewImageUrl) : LineMessage
{
    private protected override string Kind => "video";

    /// <summary>Comes back when somebody has watched it to the end: 100 characters at most, not for groups and rooms.</summary>
    public string? TrackingId { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("originalContentUrl", OriginalContentUrl);
        faults.Https("previewImageUrl", PreviewImageUrl);
        faults.Length("trackingId", TrackingId, 100);
    }
}
