using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A module channel was attached to an Official Account, or detached from it.</summary>
public sealed class ModuleEvent : WebhookEvent
{
    internal ModuleEvent(JsonElement raw) : base(raw)
    {
        var module = raw.Object("module") ?? default;
        IsAttached = module.Text("type") == "attached";
        IsDetached = module.Text("type") == "detached";
        Bot = module.Id<BotId>("botId");
        Scopes = module.Texts("scopes");
        Reason = module.Text("reason");
    }

    /// <summary>The linkage was made.</summary>
    public bool IsAttached { get; }

    /// <summary>The linkage ended.</summary>
    public bool IsDetached { get; }

    /// <summary>The account.</summary>
    public BotId? Bot { get; }

    /// <summary>What the account's administrator granted; empty on detach.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Why it was detached, where LINE says: "bot_deleted"; an open set.</summary>
    public string? Reason { get; }
}
