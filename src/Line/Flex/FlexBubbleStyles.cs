using Line.Validation;

namespace Line;

/// <summary>Colours and lines of a bubble's blocks.</summary>
public sealed record FlexBubbleStyles : IChecked
{
    /// <summary>Of the block on top.</summary>
    public FlexBlockStyle? Header { get; init; }

    /// <summary>Of the picture's block.</summary>
    public FlexBlockStyle? Hero { get; init; }

    /// <summary>Of the main block.</summary>
    public FlexBlockStyle? Body { get; init; }

    /// <summary>Of the block below.</summary>
    public FlexBlockStyle? Footer { get; init; }

    void IChecked.Check(FaultFinder faults)
    {
        faults.Part("header", Header, isRequired: false);
        faults.Part("hero", Hero, isRequired: false);
        faults.Part("body", Body, isRequired: false);
        faults.Part("footer", Footer, isRequired: false);
    }
}
