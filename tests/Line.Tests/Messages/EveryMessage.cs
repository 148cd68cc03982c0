namespace Line.Tests.Messages;

/// <summary>A message of every kind with every property that LINE publishes, each within LINE's limits.</summary>
public static class EveryMessage
{
    public static readonly Uri Picture = new("https://a.example/1.png"), Film = new("https://a.example/1.mp4"), Page = new("https://a.example/page");
    private static readonly ImagemapArea Area = new(0, 0, 520, 300);
    private static readonly UriAction Link = new("U", Page) { AltUri = new AlternativeUri(new Uri("https://a.example/desktop")) };

    public static IReadOnlyList<LineAction> Actions { get; } =
    [
        new PostbackAction("P", "a=1", "shown") { InputOption = ActionInputOption.OpenKeyboard, FillInText = "I" },
        new PostbackAction("P", "a=1") { Text = "said" },
        new MessageAction("M", "T"),
        Link,
        DateTimePickerAction.ForDateTime("D", "d", new DateTime(2026, 8, 2, 18, 30, 0), new DateTime(2026, 8, 1, 0, 0, 0), new DateTime(2026, 8, 31, 23, 59, 0)),
        new ClipboardAction("C", "copied"),
        new CameraAction("cam"),
        new CameraRollAction("roll"),
        new LocationAction("where"),
    ];

    public static IReadOnlyList<LineMessage> All { get; } = [.. Kinds().Select(message => message with
    {
        QuickReply = new([.. Actions.Select(action => new QuickReplyItem(action, Picture))]),
        Sender = new("May", Picture),
    })];

    private static LineMessage[] Kinds() =>
    [
        new TextMessage("a $") { Emojis = [new(2, "5ac1bfd5040ab15980c9b435", "001")], QuoteToken = "q" },
        new TextMessageV2Builder().Text("{Hi} ").Mention(UserId.Parse("U1")).MentionAll().Emoji("5ac1bfd5040ab15980c9b435", "001").Build() with { QuoteToken = "q" },
        new StickerMessage("446", "1988") { QuoteToken = "q" },
        new ImageMessage(Picture, Picture),
        new VideoMessage(Film, Picture) { TrackingId = "t-1" },
        new AudioMessage(Film, TimeSpan.FromSeconds(60)),
        new LocationMessage("shop", "台北市", 25.03, 121.56),
        new CouponMessage("01JYNW8JMQVFBNWF1APF8Z3FS7") { DeliveryTag = "tag_1" },
        new ImagemapMessage(new Uri("https://a.example/map"), "map", ImagemapSize.OfHeight(585),
        [
            new MessageImagemapAction("T", Area) { Label = "L" },
            new UriImagemapAction(Page, Area) { Label = "L" },
            new ClipboardImagemapAction("copied", Area) { Label = "L" },
        ])
        {
            Video = new ImagemapVideo(Film, Picture, Area) { ExternalLink = new ImagemapLink(Page, "more") },
        },
        new TemplateMessage("alt", new ButtonsTemplate("txt", [Actions[0], Actions[2], Link, Actions[4]])
        {
            Title = "ttl",
            ThumbnailImageUrl = Picture,
            ImageAspectRatio = TemplateImageRatio.Square,
            ImageSize = TemplateImageSize.Contain,
            ImageBackgroundColor = "#FFFFFF",
            DefaultAction = Link,
        }),
        new TemplateMessage("alt", new ConfirmTemplate("?", new MessageAction("Y", "yes"), new MessageAction("N", "no"))),
        new TemplateMessage("alt", new CarouselTemplate([Column("one"), Column("two")]) { ImageAspectRatio = TemplateImageRatio.Rectangle, ImageSize = TemplateImageSize.Cover }),
        new TemplateMessage("alt", new ImageCarouselTemplate([new ImageCarouselColumn(Picture, new MessageAction("L", "T"))])),
        new FlexMessage("alt", EveryBubble()),
        new FlexMessage("alt", new FlexCarousel([EveryBubble(), EveryBubble()])),
    ];

    public static FlexBubble EveryBubble() => new()
    {
        Size = FlexBubbleSize.Giga,
        Direction = FlexDirection.RightToLeft,
        Header = Flex.Baseline(new FlexIcon(Picture) { Size = FlexLength.Xl5, AspectRatio = "2:1", Scaling = true, Margin = FlexLength.Px(2), Position = FlexPosition.Relative, OffsetTop = FlexLength.Xs, OffsetBottom = FlexLength.Xs, OffsetStart = FlexLength.Percent(5), OffsetEnd = FlexLength.Px(3) }, new FlexFiller { Flex = 1 }),
        Hero = new FlexVideo(Film, Picture, new FlexImage(Picture)) { AspectRatio = "20:13", Action = Link },
        Body = EveryBox(),
        Footer = Flex.Vertical(new FlexButton(Link)
        {
            Flex = 1, Style = FlexButtonStyle.Primary, Color = "#00AA00", Height = FlexButtonHeight.Small, Gravity = FlexGravity.Center, AdjustMode = FlexAdjustMode.ShrinkToFit, Scaling = true,
            Margin = FlexLength.Md, Position = FlexPosition.Absolute, OffsetTop = FlexLength.Sm, OffsetBottom = FlexLength.Sm, OffsetStart = FlexLength.Sm, OffsetEnd = FlexLength.Sm,
        }),
        Styles = new FlexBubbleStyles
        {
            Header = new FlexBlockStyle { BackgroundColor = "#112233", Separator = true, SeparatorColor = "#44556677" },
            Hero = new FlexBlockStyle { Separator = true },
            Body = new FlexBlockStyle { Separator = true },
            Footer = new FlexBlockStyle { Separator = true },
        },
        Action = Link,
    };

    private static FlexBox EveryBox() => new(FlexLayout.Horizontal,
    [
        new FlexImage(Picture)
        {
            Flex = 2, Align = FlexAlign.End, Gravity = FlexGravity.Bottom, Size = FlexLength.Full, AspectRatio = "1:3", AspectMode = FlexAspectMode.Cover, BackgroundColor = "#000000", Action = Link, IsAnimated = true,
            Margin = FlexLength.Xxl, Position = FlexPosition.Relative, OffsetTop = FlexLength.None, OffsetBottom = FlexLength.None, OffsetStart = FlexLength.None, OffsetEnd = FlexLength.None,
        },
        new FlexText("words")
        {
            Flex = 3, Size = FlexLength.Xl3, Align = FlexAlign.Center, Gravity = FlexGravity.Top, Color = "#FF0000", Weight = FlexWeight.Bold, Style = FlexTextStyle.Italic, Decoration = FlexDecoration.LineThrough,
            Wrap = true, LineSpacing = FlexLength.Px(12), MaxLines = 3, AdjustMode = FlexAdjustMode.ShrinkToFit, Scaling = true, Action = Link,
            Contents = [new FlexSpan("piece") { Size = FlexLength.Xxs, Color = "#00FF00", Weight = FlexWeight.Regular, Style = FlexTextStyle.Normal, Decoration = FlexDecoration.Underline }],
            Margin = FlexLength.Lg, Position = FlexPosition.Relative, OffsetTop = FlexLength.Xl, OffsetBottom = FlexLength.Xl, OffsetStart = FlexLength.Xl, OffsetEnd = FlexLength.Xl,
        },
        new FlexSeparator { Margin = FlexLength.Sm, Color = "#CCCCCC" },
    ])
    {
        Flex = 1, Spacing = FlexLength.Md, Width = FlexLength.Px(200), MaxWidth = FlexLength.Px(250), Height = FlexLength.Percent(50), MaxHeight = FlexLength.Px(300), BackgroundColor = "#FFFFFFCC",
        Background = new FlexLinearGradient("90deg", "#000000", "#FFFFFF") { CenterColor = "#888888", CenterPosition = "20%" },
        BorderColor = "#0000FF", BorderWidth = FlexLength.SemiBold, CornerRadius = FlexLength.Xxl,
        PaddingAll = FlexLength.Md, PaddingTop = FlexLength.Percent(1), PaddingBottom = FlexLength.Px(1), PaddingStart = FlexLength.Xs, PaddingEnd = FlexLength.None,
        JustifyContent = FlexJustify.SpaceEvenly, AlignItems = FlexAlignItems.Center, Action = Link,
        Margin = FlexLength.Sm, Position = FlexPosition.Relative, OffsetTop = FlexLength.Sm, OffsetBottom = FlexLength.Sm, OffsetStart = FlexLength.Sm, OffsetEnd = FlexLength.Sm,
    };

    private static CarouselColumn Column(string text) => new(text, [new MessageAction("L", "T")]) { Title = "ttl", ThumbnailImageUrl = Picture, ImageBackgroundColor = "#FFFFFF", DefaultAction = Link };
}
