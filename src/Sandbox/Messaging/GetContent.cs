using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/message/{messageId}/content</c>: the bytes of what a person sent to this account; 202 while a film or a recording is still being prepared.</summary>
internal sealed class GetContent(DocumentStore store, TimeProvider clock)
{
    /// <summary>How long that takes here.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromSeconds(5);

    public LineAnswer Handle(ApiCall call) =>
        Find(store, call) is not { } content ? LineErrors.ContentNotFound
        : content.IsGone ? LineErrors.ContentGone
        : IsPrepared(content) && clock.GetUtcNow() < MessageIds.TimeOf(call.Route("messageId")) + Takes ? LineAnswer.Of(202, new { })
        : new LineAnswer(200, content.Bytes, content.Type);

    public static StoredContent? Find(DocumentStore store, ApiCall call) =>
        store.FindContent(call.Route("messageId")) is { } content && content.Owner == call.Account.BotId.ToString() ? content : null;

    /// <summary>Whether LINE prepares this type before it serves it.</summary>
    public static bool IsPrepared(StoredContent content) =>
        content.Type.StartsWith("video/", StringComparison.Ordinal) || content.Type.StartsWith("audio/", StringComparison.Ordinal);
}
