using Portal.Outside;
using Tenancy;

namespace Portal.Providers;

/// <summary>What stood at a provider's privacy page when we looked: the evidence.</summary>
public sealed class PrivacyCheck : ITenantOwned
{
    internal const int TextMax = 100_000;

    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As the company wrote it.</summary>
    public required string AskedUrl { get; init; }

    /// <summary>Where the redirects led.</summary>
    public required string FinalUrl { get; init; }

    /// <summary>HTTP status; 0 when there was no answer.</summary>
    public required int Status { get; init; }

    /// <summary>Null: the page was read.</summary>
    public required PageFault? Fault { get; init; }

    /// <summary>Its words without markup, up to 100 000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the bytes in hex; empty when there were none.</summary>
    public required string Hash { get; init; }

    /// <summary>Whether the company's name stands in it, in either script.</summary>
    public required bool IsNameFound { get; init; }

    public bool IsGood => Fault is null && IsNameFound;
}
