using Line.Validation;

namespace Line;

/// <summary>A video; in a bubble's hero only.</summary>
/// <param name="Url">https, mp4, 200 MB and 2000 characters at most.</param>
/// <param name="PreviewUrl">https, JPEG or PNG, 1 MB and 2000 characters at most.</param>
/// <param name="AltContent">A box or picture for versions of LINE that play none.</param>
public sealed record FlexVideo(Uri Url, Uri PreviewUrl, FlexComponent AltContent) : FlexComponent
{
    private protected override string Kind => "video";

    /// <summary>Its shape, <c>width:height</c>; LINE's default is <c>1:1</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>A link shown beside it.</summary>
    public LineAction? Action { get; init; }

    internal override int Animated => AltContent?.Animated ?? 0;

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("url", Url);
        faults.Https("previewUrl", PreviewUrl);
        faults.Part("altContent", AltContent);
        if (AltContent is not (null or FlexBox or FlexImage or RawFlexComponent))
            faults.Add("altContent", "Must be one of the following values: [box, image]");

        FlexRules.Ratio(faults, "aspectRatio", AspectRatio);
        faults.Action("action", Action, ActionPlace.Area, isRequired: false);
    }
}
