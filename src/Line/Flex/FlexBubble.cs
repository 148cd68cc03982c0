using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>One bubble: up to four blocks, one under another.</summary>
public sealed record FlexBubble : FlexContainer
{
    /// <summary>Largest bubble, in bytes of JSON.</summary>
    public const int BytesMax = 30 * 1024;

    private protected override string Kind => "bubble";

    /// <summary>How wide it is.</summary>
    public FlexBubbleSize? Size { get; init; }

    /// <summary>Which way it reads.</summary>
    public FlexDirection? Direction { get; init; }

    /// <summary>The block on top.</summary>
    public FlexBox? Header { get; init; }

    /// <summary>A box, picture or video from edge to edge.</summary>
    public FlexComponent? Hero { get; init; }

    /// <summary>The main block.</summary>
    public FlexBox? Body { get; init; }

    /// <summary>The block below, for buttons.</summary>
    public FlexBox? Footer { get; init; }

    /// <summary>Colours and lines of the blocks.</summary>
    public FlexBubbleStyles? Styles { get; init; }

    /// <summary>What a tap on it does.</summary>
    public LineAction? Action { get; init; }

    internal override int Animated => (Header?.Animated ?? 0) + (Hero?.Animated ?? 0) + (Body?.Animated ?? 0) + (Footer?.Animated ?? 0);

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Word("size", Size);
        faults.Word("direction", Direction);
        faults.Part("header", Header, isRequired: false);
        faults.Part("hero", Hero, isRequired: false);
        if (Hero is not (null or FlexBox or FlexImage or FlexVideo or RawFlexComponent))
            faults.Add("hero", "Must be one of the following values: [box, image, video]");

        faults.Part("body", Body, isRequired: false);
        faults.Part("footer", Footer, isRequired: false);
        faults.Part("styles", Styles, isRequired: false);
        faults.Action("action", Action, ActionPlace.Area, isRequired: false);
        if (LineJson.Bytes(this, LineJson.Default.FlexBubble) > BytesMax)
            faults.Add("", $"a bubble has at most {BytesMax} bytes of JSON");
    }
}
