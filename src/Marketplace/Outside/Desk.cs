using System.Globalization;
using Line;

namespace Marketplace.Outside;

/// <summary>The live desk's own JSON, as the page of the person who sits at it uses it.</summary>
internal sealed class Desk(HttpClient http, Uri liveDesk)
{
    /// <summary>The desk's chats of an account.</summary>
    public async Task<IReadOnlyList<Chat>> ChatsAsync(BotId bot, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<ChatList>(new Uri(liveDesk, $"/desk/api/chats?bot={bot}"), cancellationToken))!.Chats;

    /// <summary>What was said in a chat, as the desk knows it.</summary>
    public async Task<IReadOnlyList<Said>> LinesAsync(long chat, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<Conversation>(At(chat, ""), cancellationToken))!.Messages;

    public Task WriteAsync(long chat, string text, CancellationToken cancellationToken) => PostAsync(At(chat, "/messages"), new { text }, cancellationToken);

    public Task GiveBackAsync(long chat, CancellationToken cancellationToken) => PostAsync(At(chat, "/release"), new { }, cancellationToken);

    private Uri At(long chat, string action) => new(liveDesk, $"/desk/api/chats/{chat.ToString(CultureInfo.InvariantCulture)}{action}");

    private async Task PostAsync(Uri address, object body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(address, body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"The desk's {address.AbsolutePath} was answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}", null, answer.StatusCode);
    }

    /// <summary>One customer at the desk.</summary>
    /// <param name="ChatId">The customer as this module knows them.</param>
    /// <param name="IsHeld">The desk answers here now.</param>
    internal sealed record Chat(long Id, string ChatId, bool IsHeld);

    /// <summary>Something said.</summary>
    internal sealed record Said(string From, string Text);

    private sealed record ChatList(IReadOnlyList<Chat> Chats);

    private sealed record Conversation(IReadOnlyList<Said> Messages);
}
