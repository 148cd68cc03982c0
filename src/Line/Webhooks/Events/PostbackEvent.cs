using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody pressed a button with a postback action, picked a date or a time, or switched rich menus.</summary>
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

    /// <summary>The day that was picked, like <c>2026-06-18</c>.</summary>
    public string? PickedDate => Params?.Text("date");

    /// <summary>The time that was picked, like <c>06:15</c>.</summary>
    public string? PickedTime => Params?.Text("time");

    /// <summary>The day and time that were picked, like <c>2026-06-18T06:15</c>.</summary>
    public string? PickedDateTime => Params?.Text("datetime");

    /// <summary>The rich menu that is shown now; null when switching failed.</summary>
    public string? NewRichMenuAliasId => Params?.Text("newRichMenuAliasId");

    /// <summary>How switching went: <c>SUCCESS</c>, <c>RICHMENU_ALIAS_ID_NOTFOUND</c>, <c>RICHMENU_NOTFOUND</c>, <c>FAILED</c>; an open set.</summary>
    public string? SwitchStatus => Params?.Text("status");
}
