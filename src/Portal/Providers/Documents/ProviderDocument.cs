using Tenancy;

namespace Portal.Providers;

public enum DocumentKind { RegistrationCertificate, PowerOfAttorney }

/// <summary>What the virus scanner said.</summary>
public enum ScanState
{
    /// <summary>The scanner was away: nobody can open it until it was there.</summary>
    Waiting,

    Clean,

    /// <summary>Found after it was stored; its bytes are gone.</summary>
    Infected,
}

/// <summary>A document that a company handed in: sealed with its own key, and never opened by anybody but reviewers.</summary>
public sealed class ProviderDocument : ITenantOwned
{
    internal const int FileNameMax = 120;

    public required DocumentId Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required DocumentKind Kind { get; init; }

    /// <summary>As the person's machine called it: shown, never used as a path.</summary>
    public required string FileName { get; init; }

    /// <summary>By its content: <c>application/pdf</c>, <c>image/jpeg</c> or <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    public required int Bytes { get; init; }

    /// <summary>SHA-256 of its content in hex: in the audit log it stands for the document.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The day that stands on it.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Its content, sealed; empty when it is infected.</summary>
    public required byte[] Sealed { get; set; }

    public required ScanState Scan { get; set; }

    public required DateTimeOffset UploadedAt { get; init; }

    public required PersonId UploadedBy { get; init; }

    /// <summary>When a newer one took its place; it is kept, because somebody may have judged by it.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }
}
