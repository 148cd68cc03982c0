using System.Globalization;
using Line;

namespace KeywordReply;

/// <summary>Answers as LINE's messages.</summary>
internal static class AnswerMessages
{
    private const int QuickRepliesMax = 13, LabelChars = 20; // LINE's limits.

    /// <summary>What postbacks of the booking buttons start with; the time's name follows.</summary>
    public const string BookingData = "book=";

    public static IReadOnlyList<LineMessage> Of(AnswerRule rule, AnswerSet answers) => rule.Kind switch
    {
        AnswerKind.Booking => [Booking(rule)],
        AnswerKind.Menu => [WithMenu(rule.Answer, answers, IsCjk(rule.Answer))],
        AnswerKind.Silent => [],
        _ => [new TextMessage(rule.Answer)],
    };

    /// <summary>A text with the account's first keywords as quick replies, in the reader's script first.</summary>
    public static LineMessage WithMenu(string text, AnswerSet answers, bool isCjk)
    {
        QuickReplyItem[] items =
        [
            .. answers.Rules
                .Where(rule => rule.Kind != AnswerKind.Menu)
                .Select(rule => rule.Keywords[0])
                .OrderBy(keyword => IsCjk(keyword) != isCjk)
                .Take(QuickRepliesMax)
                .Select(keyword => new QuickReplyItem(new MessageAction(Label(keyword), keyword))),
        ];
        return new TextMessage(text) { QuickReply = items.Length > 0 ? new QuickReply(items) : null };
    }

    /// <summary>What is said when a booking button was pressed.</summary>
    public static LineMessage BookingNoted(string data)
    {
        var when = Times.FirstOrDefault(time => BookingData + time.Data == data);
        return new TextMessage(when is null
            ? "收到了！我們會儘快回覆您確認。\nGot it, we will confirm shortly."
            : when.IsCjk ? $"收到您的預約意願：{when.Label}。我們會儘快回覆您確認時段。" : $"Noted: {when.Label}. We will confirm your time shortly.");
    }

    public static bool IsCjk(string text) => text.Any(character => character is >= '\u2e80' and <= '\u9fff');

    private static readonly BookingTime[] Times =
    [
        new("today", "今天", true), new("tomorrow", "明天", true), new("weekend", "這個週末", true), new("other", "其他時間", true),
        new("en-today", "Today", false), new("en-tomorrow", "Tomorrow", false), new("en-weekend", "This weekend", false), new("en-other", "Another time", false),
    ];

    private static TemplateMessage Booking(AnswerRule rule)
    {
        var isCjk = IsCjk(rule.Answer);
        LineAction[] buttons = [.. Times.Where(time => time.IsCjk == isCjk).Select(time => new PostbackAction(time.Label, BookingData + time.Data, time.Label))];
        return new TemplateMessage(rule.Answer, new ButtonsTemplate(rule.Answer, buttons));
    }

    /// <summary>LINE counts a label's characters as people do: what looks like one is one.</summary>
    private static string Label(string keyword)
    {
        var characters = new StringInfo(keyword);
        return characters.LengthInTextElements <= LabelChars ? keyword : characters.SubstringByTextElements(0, LabelChars - 1) + "…";
    }

    private sealed record BookingTime(string Data, string Label, bool IsCjk);
}
