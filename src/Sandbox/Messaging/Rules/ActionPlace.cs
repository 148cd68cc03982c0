namespace Sandbox.Messaging.Rules;

/// <summary>Where an action stands: it decides which actions there may be, and about the label.</summary>
internal enum ActionPlace
{
    /// <summary>A button of a template: it has a label.</summary>
    Button,

    /// <summary>What happens when the rest of a template is pressed: no label.</summary>
    Surface,

    /// <summary>A picture of an image carousel: a short label, or none.</summary>
    ImageCarousel,

    /// <summary>A quick reply: alone here may a person's camera, pictures and place be asked for.</summary>
    QuickReply,

    /// <summary>An area of a rich menu.</summary>
    RichMenu,

    /// <summary>A button of a flex message: a label that may be longer.</summary>
    FlexButton,

    /// <summary>A box, picture, text or bubble of a flex message: no label.</summary>
    FlexSurface,
}
