using System.Globalization;

namespace Line.Tests.Messages;

public sealed class LimitTests
{
    private const string Family = "👨‍👩‍👧"; // One grapheme cluster of 8 UTF-16 units.
    private static readonly MessageAction Say = new("L", "T");
    private static readonly Uri Picture = EveryMessage.Picture;

    [Fact]
    public void Given_every_message_within_LINEs_limits_When_checked_Then_nothing_is_wrong()
    {
        foreach (var message in EveryMessage.All)
            LineLimits.Check([message]).ShouldBeEmpty(message.Type);
    }

    public static TheoryData<string, LineMessage, string, string> Broken() => new()
    {
        { "no text", new TextMessage(""), "messages[0].text", "May not be empty" },
        { "a missing text", new TextMessage(null!), "messages[0].text", "must be specified" },
        { "a long text", new TextMessage(new string('x', 5001)), "messages[0].text", "Length must be between 0 and 5000" },
        { "a text long in UTF-16 units only", new TextMessage(Repeat(Family, 626)), "messages[0].text", "Length must be between 0 and 5000" },
        { "an emoji at no dollar", new TextMessage("a$") { Emojis = [new(0, "p", "e")] }, "messages[0].emojis[0]", "index must point at a $ of the text" },
        { "an emoji past the end", new TextMessage("a$") { Emojis = [new(2, "p", "e")] }, "messages[0].emojis[0]", "index must point at a $ of the text" },
        { "21 emoji", new TextMessage(new string('$', 21)) { Emojis = [.. Enumerable.Range(0, 21).Select(i => new TextEmoji(i, "p", "e"))] }, "messages[0].emojis", "Size must be between 0 and 20" },
        { "a key of other characters", new TextMessageV2("{a-b}") { Substitution = new Dictionary<string, TextSubstitution> { ["a-b"] = new EmojiSubstitution("p", "e") } }, "messages[0].substitution.a-b", "the key must match ^[0-9a-zA-Z_]{1,20}$" },
        { "21 mentions", new TextMessageV2("x") { Substitution = Enumerable.Range(0, 21).ToDictionary(i => $"k{i}", _ => (TextSubstitution)new MentionSubstitution(new AllMentionTarget())) }, "messages[0].substitution", "at most 20 mentions are taken" },
        { "101 substitutions", new TextMessageV2("x") { Substitution = Enumerable.Range(0, 101).ToDictionary(i => $"k{i}", _ => (TextSubstitution)new RawSubstitution(default)) }, "messages[0].substitution", "Size must be between 0 and 100" },
        { "a picture without https", new ImageMessage(new Uri("http://a.example/1.png"), Picture), "messages[0].originalContentUrl", "invalid uri" },
        { "a relative address", new ImageMessage(Picture, new Uri("1.png", UriKind.Relative)), "messages[0].previewImageUrl", "invalid uri" },
        { "a long address", new ImageMessage(Picture, new Uri("https://a.example/" + new string('x', 1983))), "messages[0].previewImageUrl", "Length must be between 0 and 2000" },
        { "a long tracking id", new VideoMessage(Picture, Picture) { TrackingId = new string('x', 101) }, "messages[0].trackingId", "Length must be between 0 and 100" },
        { "a long title of a place", new LocationMessage(new string('x', 101), "a", 0, 0), "messages[0].title", "Length must be between 0 and 100" },
        { "a delivery tag of other characters", new CouponMessage("c") { DeliveryTag = "a-b" }, "messages[0].deliveryTag", "must match ^[a-zA-Z0-9_]*$" },
        { "a long alternative text", new TemplateMessage(new string('x', 1501), new ConfirmTemplate("?", Say, Say)), "messages[0].altText", "Length must be between 0 and 1500" },
        { "a long text of buttons", new TemplateMessage("a", new ButtonsTemplate(Repeat(Family, 161), [Say])), "messages[0].template.text", "Length must be between 0 and 160" },
        { "a long text of buttons under a title", new TemplateMessage("a", new ButtonsTemplate(new string('x', 61), [Say]) { Title = "t" }), "messages[0].template.text", "Length must be between 0 and 60" },
        { "five buttons", new TemplateMessage("a", new ButtonsTemplate("t", [Say, Say, Say, Say, Say])), "messages[0].template.actions", "Size must be between 1 and 4" },
        { "one answer to a question", new TemplateMessage("a", new ConfirmTemplate("?", [Say])), "messages[0].template.actions", "Size must be between 2 and 2" },
        { "a long label", new TemplateMessage("a", new ConfirmTemplate("?", Say, new MessageAction(Repeat(Family, 21), "x"))), "messages[0].template.actions[1].label", "Length must be between 0 and 20" },
        { "no label", new TemplateMessage("a", new ConfirmTemplate("?", Say, new MessageAction(null, "x"))), "messages[0].template.actions[1].label", "must be specified" },
        { "a camera in a template", new TemplateMessage("a", new ConfirmTemplate("?", Say, new CameraAction("C"))), "messages[0].template.actions[1].type", "camera is not taken here" },
        { "a menu switch in a quick reply", new TextMessage("x") { QuickReply = QuickReply.Of(new RichMenuSwitchAction("b", "d", "L")) }, "messages[0].quickReply.items[0].action.type", "richmenuswitch is not taken here" },
        { "14 quick replies", new TextMessage("x") { QuickReply = QuickReply.Of(Enumerable.Repeat(Say, 14)) }, "messages[0].quickReply.items", "Size must be between 1 and 13" },
        { "a long sender's name", new TextMessage("x") { Sender = new(new string('x', 21)) }, "messages[0].sender.name", "Length must be between 0 and 20" },
        { "long postback data", new TextMessage("x") { QuickReply = QuickReply.Of(new PostbackAction("L", new string('x', 301))) }, "messages[0].quickReply.items[0].action.data", "Length must be between 0 and 300" },
        { "displayText beside text", new TextMessage("x") { QuickReply = QuickReply.Of(new PostbackAction("L", "d", "shown") { Text = "said" }) }, "messages[0].quickReply.items[0].action.text", "displayText and text cannot be given together" },
        { "a link of another scheme", new TextMessage("x") { QuickReply = QuickReply.Of(new UriAction("L", new Uri("ftp://a.example/"))) }, "messages[0].quickReply.items[0].action.uri", "invalid uri" },
        { "a day that is none", new TextMessage("x") { QuickReply = QuickReply.Of(new DateTimePickerAction("L", "d", DateTimePickerMode.Date) { Initial = "2026-02-30" }) }, "messages[0].quickReply.items[0].action.initial", "must read yyyy-MM-dd" },
        { "an end before its start", new TextMessage("x") { QuickReply = QuickReply.Of(DateTimePickerAction.ForDate("L", "d", min: new DateOnly(2026, 2, 2), max: new DateOnly(2026, 2, 1))) }, "messages[0].quickReply.items[0].action.min", "must be earlier than max" },
        { "a word that LINE does not know", new TextMessage("x") { QuickReply = QuickReply.Of(new PostbackAction("L", "d") { InputOption = new("openDoor") }) }, "messages[0].quickReply.items[0].action.inputOption", "Must be one of the following values: [closeRichMenu, openRichMenu, openKeyboard, openVoice]" },
        { "columns of different numbers of buttons", new TemplateMessage("a", new CarouselTemplate([new("one", [Say]), new("two", [Say, Say])])), "messages[0].template.columns[1]", "all columns must have the same number of actions" },
        { "columns with and without title", new TemplateMessage("a", new CarouselTemplate([new("one", [Say]), new("two", [Say]) { Title = "t" }])), "messages[0].template.columns[1]", "either all columns or none must have an image, and a title" },
        { "eleven columns", new TemplateMessage("a", new CarouselTemplate([.. Enumerable.Repeat(new CarouselColumn("t", [Say]), 11)])), "messages[0].template.columns", "Size must be between 1 and 10" },
        { "a long label in an image carousel", new TemplateMessage("a", new ImageCarouselTemplate([new(Picture, new MessageAction(new string('x', 13), "T"))])), "messages[0].template.columns[0].action.label", "Length must be between 0 and 12" },
        { "an imagemap of another width", new ImagemapMessage(Picture, "a", new ImagemapSize(1000, 100), []), "messages[0].baseSize.width", "Must be between 1040 and 1040" },
        { "51 areas", new ImagemapMessage(Picture, "a", ImagemapSize.OfHeight(100), [.. Enumerable.Repeat(new MessageImagemapAction("T", new(0, 0, 1, 1)), 51)]), "messages[0].actions", "Size must be between 0 and 50" },
        { "an area of no width", new ImagemapMessage(Picture, "a", ImagemapSize.OfHeight(100), [new MessageImagemapAction("T", new(0, 0, 0, 1))]), "messages[0].actions[0].area.width", Between(1) },
        { "no text in Flex", Flexed(new FlexText()), "messages[0].contents.body.contents[0].text", "must be specified" },
        { "a long label on a Flex button", Flexed(Flex.Button(new MessageAction(new string('x', 41), "T"))), "messages[0].contents.body.contents[0].action.label", "Length must be between 0 and 40" },
        { "a colour by name", Flexed(Flex.Text("t").Coloured("red")), "messages[0].contents.body.contents[0].color", "must be a colour like #RRGGBB or #RRGGBBAA" },
        { "a margin in ems", Flexed(Flex.Separator(new FlexLength("2em"))), "messages[0].contents.body.contents[0].margin", "must be a keyword or pixels like 8px" },
        { "a picture too tall", Flexed(Flex.Image(Picture, aspectRatio: "1:4")), "messages[0].contents.body.contents[0].aspectRatio", "the height must not exceed three times the width" },
        { "an icon in a vertical box", Flexed(Flex.Icon(Picture)), "messages[0].contents.body.contents[0]", "icon is not taken in a vertical box" },
        { "a video in a box", Flexed(new FlexVideo(Picture, Picture, Flex.Image(Picture))), "messages[0].contents.body.contents[0]", "video is not taken in a vertical box" },
        { "a text as hero", new FlexMessage("a", Flex.Bubble(hero: Flex.Text("t"))), "messages[0].contents.hero", "Must be one of the following values: [box, image, video]" },
        { "13 bubbles", new FlexMessage("a", Flex.Carousel(Enumerable.Repeat(Flex.Bubble(), 13))), "messages[0].contents.contents", "Size must be between 1 and 12" },
        { "bubbles of two sizes", new FlexMessage("a", Flex.Carousel(Flex.Bubble(), Flex.Bubble(size: FlexBubbleSize.Nano))), "messages[0].contents.contents[1]", "all bubbles of a carousel must have the same size" },
        { "a bubble over 30 KB", Flexed(Flex.Text(new string('x', 30 * 1024))), "messages[0].contents", "a bubble has at most 30720 bytes of JSON" },
        { "11 moving pictures", Flexed([.. Enumerable.Repeat(new FlexImage(Picture) { IsAnimated = true }, 11)]), "messages[0].contents", "at most 10 images may be animated" },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Given_one_limit_broken_When_checked_Then_exactly_that_is_said_in_LINEs_words(string what, LineMessage message, string property, string says) =>
        LineLimits.Check([message]).ShouldBe([new LineErrorDetail(says, property)], what);

    [Fact]
    public void Given_texts_of_many_units_but_few_graphemes_When_checked_Then_each_is_counted_as_LINE_counts_it()
    {
        LineLimits.Check(
        [
            new TextMessage(Repeat(Family, 625)), // 5000 units.
            new TemplateMessage("a", new ButtonsTemplate(Repeat(Family, 160), [new MessageAction(Repeat(Family, 20), Repeat(Family, 300))])),
            new TemplateMessage("a", new ConfirmTemplate(Repeat(Family, 240), Say, new PostbackAction("L", "d", Repeat(Family, 300)))),
        ]).ShouldBeEmpty();
    }

    [Fact]
    public void Given_many_limits_broken_When_checked_Then_all_are_said_in_the_requests_order_and_the_exception_carries_them()
    {
        LineMessage[] messages =
        [
            new TextMessage(""),
            new TemplateMessage("", new ButtonsTemplate("t", [new PostbackAction("", ""), new UriAction("L", new Uri("x", UriKind.Relative))])),
            new StickerMessage("1", "2"), new StickerMessage("1", "2"), new StickerMessage("1", "2"), new StickerMessage("1", null!),
        ];

        var refusal = Should.Throw<LineValidationException>(() => LineLimits.Demand(messages));

        refusal.Faults.Select(fault => fault.Property).ShouldBe(
        [
            "messages", "messages[0].text", "messages[1].altText", "messages[1].template.actions[0].label", "messages[1].template.actions[0].data", "messages[1].template.actions[1].uri", "messages[5].stickerId",
        ]);
        refusal.Message.ShouldContain("messages[1].template.actions[1].uri: invalid uri");
    }

    [Fact]
    public void Given_a_message_of_an_unknown_kind_When_checked_Then_it_passes_for_LINE_to_judge() =>
        LineLimits.Check([LineMessage.Parse("""{"type":"hologram"}"""), LineMessage.Parse("""{"type":"template","altText":"a","template":{"type":"wheel"}}""")]).ShouldBeEmpty();

    [Fact]
    public void Given_no_messages_When_checked_Then_that_is_a_fault() =>
        LineLimits.Check([]).ShouldBe([new LineErrorDetail("Size must be between 1 and 5", "messages")]);

    private static FlexMessage Flexed(params FlexComponent[] contents) => new("a", Flex.Bubble(body: Flex.Vertical(contents)));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Between(int min) => string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {int.MaxValue}");
}
