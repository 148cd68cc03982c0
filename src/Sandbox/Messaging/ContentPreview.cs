using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Faults;
using Sandbox.Store;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/message/{messageId}/content/preview</c> and <c>.../transcoding</c>.</summary>
internal sealed class ContentPreview(DocumentStore store, FaultBook faults, TimeProvider clock)
{
    /// <summary>A grey PNG of one pixel: no frame is cut from films here.</summary>
    private static readonly byte[] Grey = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public LineAnswer Preview(ApiCall call) =>
        GetContent.Find(store, call) is not { } content ? LineErrors.ContentNotFound
        : content.IsGone ? LineErrors.ContentGone
        : content.Type.StartsWith("image/", StringComparison.Ordinal) ? new LineAnswer(200, content.Bytes, content.Type)
        : !content.Type.StartsWith("video/", StringComparison.Ordinal) ? LineErrors.NoPreview
        : IsPreparing(call) ? LineAnswer.Of(202, new { })
        : new LineAnswer(200, Grey, "image/png");

    public LineAnswer Transcoding(ApiCall call)
    {
        if (GetContent.Find(store, call) is not { } content)
            return LineErrors.ContentNotFound;
        if (content.IsGone)
            return LineErrors.ContentGone;
        if (!GetContent.IsPrepared(content))
            return LineErrors.NoTranscoding;

        var status = IsPreparing(call) ? "processing" : faults.Take(FaultKind.TranscodingFails, call.Account.BotId) is null ? "succeeded" : "failed";
        return LineAnswer.Ok(new { status });
    }

    private bool IsPreparing(ApiCall call) => clock.GetUtcNow() < MessageIds.TimeOf(call.Route("messageId")) + GetContent.Takes;
}
