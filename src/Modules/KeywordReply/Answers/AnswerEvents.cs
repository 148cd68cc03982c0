using System.Globalization;
using System.Net;
using Line;
using Line.Webhooks;
using Modules.Kit;

namespace KeywordReply;

/// <summary>Answers events once: by reply while the token lives, else by push.</summary>
/// <remarks>
/// Only events of mode active are answered: in all other chats another module, or a person, speaks.
/// Once: a push bears a retry key made of the event, so that repeating it sends nothing twice. A reply has no such key. When an earlier try ended in
/// doubt and its token is now refused, the token was most probably used by that try, and nothing more is sent: silence for one
/// customer in a crash is better than the same answer twice to many.
/// </remarks>
internal sealed class AnswerEvents(AnswerBook book, MemberAnswers members, LineClient line, Inbox inbox) : IEventHandler
{
    private const string PushStep = "push";

    public async Task HandleAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        members.Hear(received);
        if (received.Event.Mode != ChannelMode.Active || (await members.AnswerAsync(received, cancellationToken) ?? Answer(received)) is not { Count: > 0 } messages)
            return;

        if (received.Step != PushStep && received.Event.ReplyToken is { } token && await TryReplyAsync(received, token, messages, cancellationToken))
            return;

        if (received.Event.Chat is not { } chat)
            return;

        inbox.SetStep(received, PushStep);
        var key = StableGuid.Of(string.Create(CultureInfo.InvariantCulture, $"answer/{received.Bot}/{received.Seq}/{received.ReceivedAt.ToUnixTimeMilliseconds()}"));
        await line.For(received.Bot).Messages.PushAsync(chat, messages, new() { RetryKey = key }, cancellationToken);
    }

    private async Task<bool> TryReplyAsync(ReceivedEvent received, ReplyToken token, IReadOnlyList<LineMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await line.For(received.Bot).Messages.ReplyAsync(token, messages, cancellationToken: cancellationToken);
            return true;
        }
        catch (LineApiException refusal) when (refusal.Status == HttpStatusCode.BadRequest)
        {
            return received.IsInDoubt; // A dead token: used by the try that is in doubt, or simply old.
        }
    }

    private IReadOnlyList<LineMessage> Answer(ReceivedEvent received)
    {
        var answers = book.Of(received.Bot);
        return received.Event switch
        {
            MessageEvent { Message: TextContent text } message => ToText(answers, text, isOneToOne: message.Source?.Kind == SourceKind.User),
            FollowEvent => [AnswerMessages.WithMenu(answers.Greeting, answers, isCjk: true)],
            PostbackEvent postback when postback.Data.StartsWith(AnswerMessages.BookingData, StringComparison.Ordinal) => [AnswerMessages.BookingNoted(postback.Data)],
            _ => [],
        };
    }

    /// <summary>In groups people talk with each other: there only an exact keyword, or a mention, is meant for the account.</summary>
    private static IReadOnlyList<LineMessage> ToText(AnswerSet answers, TextContent text, bool isOneToOne)
    {
        var isSpokenTo = isOneToOne || text.IsBotMentioned;
        if (Keyword.Find(answers.Rules, text.Text, isExact: !isSpokenTo) is { } rule)
            return AnswerMessages.Of(rule, answers);

        return isSpokenTo ? [AnswerMessages.WithMenu(answers.Fallback, answers, AnswerMessages.IsCjk(text.Text))] : [];
    }
}
