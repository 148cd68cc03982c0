using Line;

namespace Tenancy;

/// <summary>How a module behaves beside others, as its provider says and a buyer reads.</summary>
public enum ModuleRole { AnswersFirst, StepsInWhenAsked, WorksQuietly }

/// <summary>A provider's product: one virtual module channel with a channel id, secrets and a webhook URL of its own.</summary>
public sealed class Module : ITenantOwned, IRevisioned
{
    public required ModuleId Id { get; init; }

    /// <summary>The provider's organisation.</summary>
    public required TenantId TenantId { get; init; }

    public required string Name { get; set; }

    public required ModuleRole Role { get; set; }

    /// <summary>Unique; what the partner's SDK calls channel id and client id.</summary>
    public required ChannelId ChannelId { get; init; }

    /// <summary>The channel secret, protected by <see cref="SecretProtector"/>.</summary>
    public required string ProtectedSecret { get; set; }

    /// <summary>The secret before the last rotation, protected likewise; it is valid until <see cref="PreviousSecretUntil"/>.</summary>
    public string? ProtectedPreviousSecret { get; set; }

    /// <summary>When the previous secret ends; null when there is none.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; set; }

    /// <summary>Whether deliveries are still signed with the previous secret, while that is valid: until the provider says that its server knows the new one.</summary>
    public bool SignsWithPrevious { get; set; }

    /// <summary>Public keys for JWT assertions: a JSON Web Key Set, each key with its kid. Null: client secret only.</summary>
    public string? AssertionKeys { get; set; }

    public required string WebhookUrl { get; set; }

    /// <summary>Where the owner goes after the purchase; null when there is nothing to set up.</summary>
    public string? SetUpUrl { get; set; }

    /// <summary>Scopes without which it cannot work.</summary>
    public required IReadOnlyList<string> RequiredScopes { get; set; }

    public required IReadOnlyList<string> OptionalScopes { get; set; }

    /// <summary>As at LINE, nobody tells this module when a hold runs out; otherwise the gateway tells who gains and who loses the chat.</summary>
    public bool ExpiresSilently { get; set; }

    /// <summary>Made by a developer to try things out: not in the catalog. It ends when a listing of it is published.</summary>
    public bool IsDevelopment { get; set; }

    public long Revision { get; set; }

    /// <summary>How long the old secret lives on beside a new one.</summary>
    public static TimeSpan SecretOverlap { get; } = TimeSpan.FromHours(24);

    /// <summary>Takes a new secret. The old one opens doors, and signs what is delivered, for <see cref="SecretOverlap"/> or until told otherwise.</summary>
    /// <returns>False, and nothing changed: deliveries are still signed with the secret before the present one, which alone its server knows for sure.</returns>
    public bool TryRotateSecret(string protectedSecret, DateTimeOffset now)
    {
        if (SignsWithPrevious && PreviousSecretUntil > now)
            return false;

        (ProtectedPreviousSecret, ProtectedSecret) = (ProtectedSecret, protectedSecret);
        (PreviousSecretUntil, SignsWithPrevious) = (now + SecretOverlap, true);
        return true;
    }
}
