using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>Bubbles side by side.</summary>
/// <param name="Contents">1 to 12, all of the same size; 50 KB of JSON in all.</param>
public sealed record FlexCarousel(IReadOnlyList<FlexBubble> Contents) : FlexContainer
{
    /// <summary>Most bubbles.</summary>
    public const int BubblesMax = 12;

    /// <summary>Largest carousel, in bytes of JSON.</summary>
    public const int BytesMax = 50 * 1024;

    private protected override string Kind => "carousel";

    internal override int Animated => Contents?.Sum(bubble => bubble?.Animated ?? 0) ?? 0;

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Parts("contents", Contents, 1, BubblesMax);
        for (var i = 1; i < (Contents?.Count ?? 0); i++)
        {
            if ((Contents![i]?.Size ?? FlexBubbleSize.Mega) != (Contents[0]?.Size ?? FlexBubbleSize.Mega))
                faults.Add("contents", i, "all bubbles of a carousel must have the same size");
        }

        if (LineJson.Bytes(this, LineJson.Default.FlexCarousel) > BytesMax)
            faults.Add("", $"a carousel has at most {BytesMax} bytes of JSON");
    }
}
