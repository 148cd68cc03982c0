using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A message laid out freely: bubbles of boxes, texts, pictures and buttons. <see cref="Flex"/> writes its parts shortly.</summary>
/// <param name="AltText">Stands for it in notifications and where it cannot be shown: 1 to 1500 UTF-16 units.</param>
/// <param name="Contents">A bubble (30 KB of JSON at most) or a carousel (50 KB).</param>
public sealed record FlexMessage(string AltText, FlexContainer Contents) : LineMessage
{
    /// <summary>Most pictures of a message that move.</summary>
    public const int AnimatedMax = 10;

    private protected override string Kind => "flex";

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("altText", AltText, TemplateMessage.AltTextMax);
        faults.Part("contents", Contents);
        if (Contents?.Animated > AnimatedMax)
            faults.Add("contents", $"at most {AnimatedMax} images may be animated");
    }
}
