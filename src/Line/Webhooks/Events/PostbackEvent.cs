using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody pressed a button with a postback action.</summary>
public sealed class PostbackEvent : WebhookEvent
{
    internal PostbackEvent(JsonElement raw) : base(raw)
    {
        var postback = raw.Object("postback") ?? default;
        Data = postback.Text("data") ?? "";
        Params = postback.Object("params");
    }

    /// <summary>What the button carries.</summary>
    public string Data { get; }

    /// <summary>What a date picker or a rich menu switch adds.</summary>
    public JsonElement? Params { get; }
}
