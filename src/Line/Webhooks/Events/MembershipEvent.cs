using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody joined a paid membership, left it or went on with it.</summary>
public sealed class MembershipEvent : WebhookEvent
{
    internal MembershipEvent(JsonElement raw) : base(raw)
    {
        var membership = raw.Object("membership") ?? default;
        Kind = membership.Text("type") ?? "";
        MembershipId = membership.Long("membershipId");
    }

    /// <summary>"joined", "left" or "renewed"; an open set.</summary>
    public string Kind { get; }

    /// <summary>The membership.</summary>
    public long? MembershipId { get; }
}
