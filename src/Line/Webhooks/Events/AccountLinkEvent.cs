using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>An attempt to link a LINE user with an account of ours ended.</summary>
public sealed class AccountLinkEvent : WebhookEvent
{
    internal AccountLinkEvent(JsonElement raw) : base(raw)
    {
        var link = raw.Object("link") ?? default;
        IsLinked = link.Text("result") == "ok";
        Nonce = link.Text("nonce") ?? "";
    }

    /// <summary>False when another person opened the link; such an event has no source.</summary>
    public bool IsLinked { get; }

    /// <summary>The nonce that names the attempt.</summary>
    public string Nonce { get; }
}
