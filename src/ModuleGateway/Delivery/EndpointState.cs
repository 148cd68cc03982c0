using Line;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>What this process knows of a module's endpoint: what the store says, and what goes on just now.</summary>
#pragma warning disable CA1001 // Without a wait handle a semaphore holds nothing.
internal sealed class EndpointState(ModuleId id)
#pragma warning restore CA1001
{
    public ModuleId Id { get; } = id;

    /// <summary>Null: nothing was ever amiss.</summary>
    public volatile EndpointStateRow? Row;

    /// <summary>An account of the module's, which the verification request names.</summary>
    public BotId? Bot { get; set; }

    public Task<Fault>? Verifying { get; set; }

    public DateTimeOffset VerifiedAt { get; set; }

    /// <summary>Whether it is left alone because it asked for it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Held while it is asked; null, or disposed of, while it is waited for.</summary>
    public IDisposable? Working { get; set; }

    /// <summary>Released to have it looked at now.</summary>
    public SemaphoreSlim Attention { get; } = new(0);
}
