using Sandbox.Api;
using Sandbox.Store;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/message/{messageId}/content</c>: the bytes of a picture that a person sent to this account.</summary>
internal sealed class GetContent(DocumentStore store)
{
    public LineAnswer Handle(ApiCall call) =>
        store.FindContent(call.Route("messageId")) is { } content && content.Owner == call.Account.BotId.ToString()
            ? content.IsGone ? LineErrors.ContentGone : new LineAnswer(200, content.Bytes, content.Type)
            : LineErrors.ContentNotFound;
}
