using System.Collections.Immutable;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>A module as the gateway needs it: where its webhooks go and what signs them.</summary>
/// <param name="WebhookUrl">Where they go now: the registry's, or one that the module has set since.</param>
internal sealed record ModuleConfig(ModuleId Id, ChannelId Channel, string Name, string Secret, string? PreviousSecret, Uri WebhookUrl, string? AssertionKeys)
{
    /// <summary>The registry's, whatever the module has set itself.</summary>
    public required Uri RegisteredUrl { get; init; }

    /// <summary>When the previous secret ends; null: there is none.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Whether the previous secret still signs, while it is valid.</summary>
    public bool SignsWithPrevious { get; init; }

    private LineSignature Signature { get; } = new(Secret);

    private LineSignature? PreviousSignature { get; } = PreviousSecret is null ? null : new(PreviousSecret);

    /// <summary>The secret that was replaced, while it is valid beside the new one.</summary>
    public string? PreviousSecretAt(DateTimeOffset now) => PreviousSecretUntil > now ? PreviousSecret : null;

    /// <summary>What signs a request that is sent now.</summary>
    public LineSignature SignatureAt(DateTimeOffset now) => SignsWithPrevious && PreviousSecretAt(now) is not null ? PreviousSignature! : Signature;
}

/// <summary>A linkage with what a delivery or a call needs of it.</summary>
internal sealed record LinkedModule(LinkageRow Row, ModuleConfig Module, LinkageIds Ids)
{
    /// <summary>Whether this linkage, when the snapshot was made, might call what needs this scope. Control decides.</summary>
    public bool MayCall(string? scope) => Row.Listens && (scope is null || Row.Has(scope));
}

/// <summary>Who is linked to whom, immutable. For deliveries and for finding a caller; control never decides by it.</summary>
internal sealed record GatewaySnapshot(
    ImmutableDictionary<ModuleId, ModuleConfig> Modules,
    ImmutableDictionary<ChannelId, ModuleId> ModulesByChannel,
    ImmutableDictionary<LinkageId, LinkedModule> Linkages,
    ImmutableDictionary<(ModuleId, BotId), LinkageId> LinkagesByPair)
{
    public static GatewaySnapshot Empty { get; } = new(
        ImmutableDictionary<ModuleId, ModuleConfig>.Empty, ImmutableDictionary<ChannelId, ModuleId>.Empty,
        ImmutableDictionary<LinkageId, LinkedModule>.Empty, ImmutableDictionary<(ModuleId, BotId), LinkageId>.Empty);

    public ModuleConfig? Module(ChannelId channel) => ModulesByChannel.TryGetValue(channel, out var id) ? Modules[id] : null;

    public LinkedModule? Linkage(ModuleId module, BotId bot) => LinkagesByPair.TryGetValue((module, bot), out var id) ? Linkages[id] : null;
}

/// <summary>Holds the snapshot of now.</summary>
internal sealed class GatewayState
{
    private volatile GatewaySnapshot _snapshot = GatewaySnapshot.Empty;

    public GatewaySnapshot Snapshot
    {
        get => _snapshot;
        set => _snapshot = value;
    }
}
