namespace Sandbox.Messaging.Rules;

/// <summary>LINE's limits for message objects, each at one place. Texts count in UTF-16 units unless their name says clusters (grapheme clusters, what people see as one character).</summary>
/// <remarks>Source: reference, "Message objects", "Action objects", "Character counting in a text".</remarks>
internal static class Limits
{
    public const int Messages = 5;
    public const int Text = 5000;
    public const int AltText = 1500;
    public const int Url = 2000;
    public const int Emojis = 20;
    public const int Mentions = 20;
    public const int Substitutions = 100;
    public const int QuickReplies = 13;
    public const int SenderName = 20;
    public const int StickerDigits = 20;
    public const int TrackingId = 100;
    public const int PlaceTitle = 100;
    public const int PlaceAddress = 100;
    public const int DeliveryTag = 30;

    public const int ImagemapWidth = 1040;
    public const int ImagemapActions = 50;
    public const int ImagemapLabel = 100;
    public const int ImagemapText = 400;
    public const int ImagemapVideoLabel = 30;

    public const int TemplateColumns = 10;
    public const int ButtonsActions = 4;
    public const int ColumnActions = 3;
    public const int ConfirmActions = 2;
    public const int TitleClusters = 40;
    public const int ButtonsTextClusters = 160;
    public const int ColumnTextClusters = 120;
    public const int CrowdedTextClusters = 60;
    public const int ConfirmTextClusters = 240;

    public const int LabelClusters = 20;
    public const int ImageCarouselLabelClusters = 12;
    public const int FlexButtonLabelClusters = 40;
    public const int PostbackData = 300;
    public const int ActionTextClusters = 300;
    public const int ActionUri = 1000;
    public const int ClipboardText = 1000;

    public const int BubbleBytes = 30 * 1024;
    public const int CarouselBytes = 50 * 1024;
    public const int CarouselBubbles = 12;
    public const int AnimatedImages = 10;
    public const int AspectRatioSide = 100_000;
    public const int AspectRatioHeightPerWidth = 3;
}
