namespace Line.Validation;

/// <summary>Where an action stands: LINE's limits for its label, and which kinds it takes, differ.</summary>
/// <param name="labelMax">Grapheme clusters.</param>
/// <param name="needsLabel">Whether it must have a label.</param>
internal sealed class ActionPlace(int labelMax, bool needsLabel)
{
    public static readonly ActionPlace Template = new(20, needsLabel: true);
    public static readonly ActionPlace ImageCarousel = new(12, needsLabel: false);
    public static readonly ActionPlace QuickReply = new(20, needsLabel: true);
    public static readonly ActionPlace RichMenu = new(20, needsLabel: false);
    public static readonly ActionPlace FlexButton = new(40, needsLabel: true);

    /// <summary>Behind a picture, text or card: a label shows nowhere.</summary>
    public static readonly ActionPlace Area = new(int.MaxValue, needsLabel: false);

    public int LabelMax => labelMax;

    public bool NeedsLabel => needsLabel;
}
