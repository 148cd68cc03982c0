using Line.Validation;

namespace Line;

/// <summary>A card with buttons.</summary>
/// <param name="AltText">Stands for it in notifications and where cards cannot be shown: 1 to 1500 UTF-16 units.</param>
/// <param name="Template">The card.</param>
public sealed record TemplateMessage(string AltText, MessageTemplate Template) : LineMessage
{
    /// <summary>Longest text that stands for a card, in UTF-16 units.</summary>
    public const int AltTextMax = 1500;

    private protected override string Kind => "template";

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("altText", AltText, AltTextMax);
        faults.Part("template", Template);
    }
}
