namespace Line.Audiences;

/// <summary>Which audiences to list.</summary>
public sealed record AudienceQuery
{
    /// <summary>Largest page.</summary>
    public const int SizeMax = 40;

    /// <summary>A part of the name, in any case.</summary>
    public string? Description { get; init; }

    /// <summary>Only of this status, like <c>READY</c>.</summary>
    public string? Status { get; init; }

    /// <summary>1 to 40.</summary>
    public int? Size { get; init; }

    /// <summary>Also those that other channels of the account made; LINE's default is yes. Not for shared ones.</summary>
    public bool? IncludesExternalPublicGroups { get; init; }

    /// <summary>Also the account's own; LINE's default is no. For shared ones only.</summary>
    public bool? IncludesOwnedAudienceGroups { get; init; }

    /// <summary>Only those made there, like <c>MESSAGING_API</c>.</summary>
    public string? CreateRoute { get; init; }
}
