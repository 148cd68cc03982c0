using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Line;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveDesk;

/// <summary>The JSON behind the desk's page: programs can play the agent with it too.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk/api");
        desk.MapGet("/chats", List);
        desk.MapGet("/chats/{id:long}", Get);
        desk.MapPost("/chats/{id:long}/messages", SendAsync);
        desk.MapPost("/chats/{id:long}/messages/{messageId:long}/again", SendAgainAsync);
        desk.MapPost("/chats/{id:long}/take", (long id, DeskStore store, AgentDesk agent, CancellationToken cancellationToken) =>
            ActAsync(id, store, chat => agent.TakeAsync(chat, cancellationToken)));
        desk.MapPost("/chats/{id:long}/release", (long id, DeskStore store, AgentDesk agent, CancellationToken cancellationToken) =>
            ActAsync(id, store, chat => agent.ReleaseAsync(chat, cancellationToken)));
        desk.MapPost("/chats/{id:long}/typing", (long id, DeskStore store, AgentDesk agent, CancellationToken cancellationToken) =>
            ActAsync(id, store, chat => agent.TypingAsync(chat, cancellationToken)));
        desk.MapPost("/chats/{id:long}/read", Read);
        desk.MapGet("/stream", Stream);
    }

    private static Results<Ok<ChatList>, ProblemHttpResult> List(string? bot, DeskStore store, TimeProvider clock)
    {
        var isBot = BotId.TryParse(bot, null, out var id);
        return bot is null || isBot
            ? TypedResults.Ok(new ChatList([.. store.Latest(isBot ? id : null).Select(chat => ChatView.Of(chat, clock.GetUtcNow()))]))
            : Problem(new DeskRefusal(400, "bad-bot", "bot is no Bot ID."));
    }

    private static Results<Ok<Conversation>, ProblemHttpResult> Get(long id, DeskStore store, TimeProvider clock) =>
        store.Read(id) is var (chat, messages)
            ? TypedResults.Ok(new Conversation(ChatView.Of(chat, clock.GetUtcNow()), [.. messages.Select(MessageView.Of)]))
            : Problem(DeskRefusal.NoSuchChat);

    private static async Task<Results<Created<MessageView>, ProblemHttpResult>> SendAsync(
        long id, Draft draft, DeskStore store, AgentDesk agent, CancellationToken cancellationToken)
    {
        if (store.Find(id) is not { } chat)
            return Problem(DeskRefusal.NoSuchChat);

        return Sent(id, await agent.SendAsync(chat, draft.Text, cancellationToken));
    }

    private static async Task<Results<Created<MessageView>, ProblemHttpResult>> SendAgainAsync(
        long id, long messageId, DeskStore store, AgentDesk agent, CancellationToken cancellationToken)
    {
        if (store.Find(id) is not { } chat)
            return Problem(DeskRefusal.NoSuchChat);

        return Sent(id, await agent.SendAgainAsync(chat, messageId, cancellationToken));
    }

    private static Results<Created<MessageView>, ProblemHttpResult> Sent(long id, (DeskMessage? Message, DeskRefusal? Refusal) result) =>
        result.Message is { } message ? TypedResults.Created($"/desk/api/chats/{id}", MessageView.Of(message)) : Problem(result.Refusal!);

    private static async Task<Results<NoContent, ProblemHttpResult>> ActAsync(long id, DeskStore store, Func<DeskChat, Task<DeskRefusal?>> act)
    {
        if (store.Find(id) is not { } chat)
            return Problem(DeskRefusal.NoSuchChat);

        return await act(chat) is { } refusal ? Problem(refusal) : TypedResults.NoContent();
    }

    private static NoContent Read(long id, DeskStore store, DeskFeed feed)
    {
        store.SetRead(id);
        feed.Changed(id);
        return TypedResults.NoContent();
    }

    private static ServerSentEventsResult<ChatChanged> Stream(DeskFeed feed, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(ChangesAsync(feed, lifetime, cancellationToken));

    private static async IAsyncEnumerable<SseItem<ChatChanged>> ChangesAsync(
        DeskFeed feed, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A stream has no end of its own: without the second token a stopping host would wait for every open page.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await using var changes = feed.ListenAsync(either.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(changes))
            yield return new SseItem<ChatChanged>(new ChatChanged(changes.Current), "changed");
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<long> changes)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (OperationCanceledException) // The page was left, or the host stops: the stream is over.
        {
            return false;
        }
    }

    private static ProblemHttpResult Problem(DeskRefusal refusal) =>
        TypedResults.Problem(refusal.Words, statusCode: refusal.Status, type: $"urn:live-desk:{refusal.Code}",
            extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });

    /// <param name="Text">What the agent wrote.</param>
    internal sealed record Draft(string? Text);

    internal sealed record ChatList(IReadOnlyList<ChatView> Chats);

    internal sealed record Conversation(ChatView Chat, IReadOnlyList<MessageView> Messages);

    /// <param name="Id">0: a new stream, ask for everything.</param>
    internal sealed record ChatChanged(long Id);
}
