using Microsoft.Extensions.Options;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Webhooks;

namespace Sandbox.Control;

/// <summary><c>POST /v2/bot/chat/{chatId}/control/release</c>: the chat goes back to the primary channel. By a channel that is not active: 200, and nothing happens.</summary>
internal sealed class ReleaseControl(ChatTarget targets, ChatBook chats, ActiveChannels active, EventPublisher events, ControlMoves moves, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public LineAnswer Handle(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Module)
            return LineErrors.NotAvailable;

        var (unknown, key) = targets.Find(call);
        if (unknown is not null)
            return LineErrors.InvalidParameter("chatId"); // LINE lists no 404 for this call.

        return chats.Update(key, chat =>
        {
            var now = clock.GetUtcNow();
            if (active.Of(chat.State, now)?.Id != call.Channel.Id)
                return LineAnswer.Empty;

            chat.State = chat.State with { Control = ChatControl.GivenBack(options.Value.Control.ReturnsTo) };
            var after = active.Of(chat.State, now);
            if (after?.Id != call.Channel.Id)
                events.ToModule(call.Channel, chat.Key.BotId, chat.Key, "deactivated", [], now);
            moves.Record(chat.Key, after, expiresAt: null, "Released", now);
            return LineAnswer.Empty;
        });
    }
}
