using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>What somebody says of a connection: LINE's webhook, the answer to a code exchange, LINE's list, an owner's own channel.</summary>
/// <param name="SaidAt">Since when it holds, by the clock of whoever says it: an older word than the one that is known changes nothing. Null: LINE has just done it before our eyes.</param>
internal sealed record ConnectionWord(ConnectionState State, DateTimeOffset? SaidAt)
{

    /// <summary>What LINE granted; null where the word says nothing of it.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>LINE's reason of a detach, like <c>bot_deleted</c>; null where it gives none.</summary>
    public string? Reason { get; init; }

    /// <summary>An owner has just agreed (again): what waits for a linkage waits from now on.</summary>
    public bool IsConsent { get; init; }
}
