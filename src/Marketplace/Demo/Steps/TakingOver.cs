using Line.Webhooks;
using Marketplace.Outside;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The customer asks for a person; the desk takes the chat, and the keyword module keeps silent.</summary>
internal static class TakingOver
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("Asked for a person, the desk takes the chat over", AskForPersonAsync),
        new("The desk and the listener know the same customer by different ids", CompareIdsAsync),
        new("The agent's words arrive on the phone", AnswerAsync),
        new("While the desk holds the chat, a keyword reaches the desk as the active module", HoldAsync),
    ];

    /// <summary>The desk's chat with this customer.</summary>
    public static async Task<Desk.Chat> WaitForChatAsync(Cast cast, bool isHeld, CancellationToken cancellationToken)
    {
        var chats = await cast.UntilAsync(
            () => cast.Desk.ChatsAsync(cast.Bot, cancellationToken),
            seen => seen.Any(chat => chat.IsHeld == isHeld),
            isHeld ? "a chat that the desk holds" : "a chat that the desk has given back",
            seen => seen.Count == 0 ? "no chat at the desk" : $"held: {seen[0].IsHeld}", cancellationToken);
        return chats.First(chat => chat.IsHeld == isHeld);
    }

    private static async Task<string> AskForPersonAsync(Cast cast, CancellationToken cancellationToken)
    {
        await cast.Phone.WriteAsync("真人", cancellationToken);
        var told = await cast.HearAsync(_ => true, "to be told that a person will answer", cancellationToken);
        var chat = await WaitForChatAsync(cast, isHeld: true, cancellationToken);
        cast.DeskChat = chat.Id;
        return $"真人 (a person): \"{told.Text.Split('\n')[0]}\"";
    }

    private static async Task<string> CompareIdsAsync(Cast cast, CancellationToken cancellationToken)
    {
        var known = (await WaitForChatAsync(cast, isHeld: true, cancellationToken)).ChatId;
        Unless(known != cast.ListenersCustomer, $"another id than {cast.ListenersCustomer}", "the same one at the desk");
        return $"{Routing.Short(known)} at the desk, {Routing.Short(cast.ListenersCustomer)} at the listener";
    }

    private static async Task<string> AnswerAsync(Cast cast, CancellationToken cancellationToken)
    {
        var words = $"您好，我是店員小安 ({cast.Mark}). How can I help?";
        await cast.Desk.WriteAsync(cast.DeskChat, words, cancellationToken);
        await cast.HearAsync(bubble => bubble.Text == words, $"\"{words}\" on the phone", cancellationToken);
        return $"\"{words}\"";
    }

    private static async Task<string> HoldAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.HeardBeforeHold = cast.Phone.Heard.Count;
        await cast.Phone.WriteAsync(cast.Keyword, cancellationToken);
        await cast.UntilAsync(
            () => cast.Desk.LinesAsync(cast.DeskChat, cancellationToken),
            said => said.Any(line => line.Text == cast.Keyword), $"\"{cast.Keyword}\" at the desk",
            said => said.Count == 0 ? "nothing" : $"\"{said[^1].Text}\" last", cancellationToken);
        var (_, copy) = await cast.Listener!.NextAsync(Routing.IsKeyword(cast), cancellationToken);
        Unless(copy.Mode == ChannelMode.Standby, "the listener's copy on standby", copy.Raw.ToString());
        return $"\"{cast.Keyword}\" is at the desk; the listener still stands by";
    }
}
