using Line.Validation;

namespace Line;

/// <summary>A picture with areas to tap, perhaps with a video in it.</summary>
/// <param name="BaseUrl">https; LINE fetches <c>{BaseUrl}/240</c>, 300, 460, 700 and 1040, JPEG or PNG without extension, 10 MB at most each.</param>
/// <param name="AltText">1 to 1500 UTF-16 units.</param>
/// <param name="BaseSize">The size that areas are measured in.</param>
/// <param name="Actions">0 to 50 areas.</param>
public sealed record ImagemapMessage(Uri BaseUrl, string AltText, ImagemapSize BaseSize, IReadOnlyList<ImagemapAction> Actions) : LineMessage
{
    private protected override string Kind => "imagemap";

    /// <summary>Plays within the picture.</summary>
    public ImagemapVideo? Video { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Https("baseUrl", BaseUrl);
        faults.Text("altText", AltText, TemplateMessage.AltTextMax);
        faults.Part("baseSize", BaseSize);
        if (Actions is null)
            faults.Add("actions", "must be specified");

        faults.Parts("actions", Actions, 0, 50);
        faults.Part("video", Video, isRequired: false);
    }
}
