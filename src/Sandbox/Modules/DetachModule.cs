using System.Text.Json;
using Line;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Modules;

/// <summary><c>POST /v2/bot/channel/detach</c>: the module ends its linkage with one Official Account.</summary>
internal sealed class DetachModule(Detaching detaching)
{
    public LineAnswer Handle(ApiCall call)
    {
        var text = call.Body.ValueKind == JsonValueKind.Object && call.Body.TryGetProperty("botId", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (!BotId.TryParse(text, null, out var botId))
            return LineErrors.InvalidBotId;

        return call.Channel.Kind == ChannelKind.Module && detaching.Detach(call.Channel, botId, reason: null) ? LineAnswer.Empty : LineErrors.NotDetachable;
    }
}
