using Tenancy;

namespace Portal.Providers;

/// <summary>Whose a company number is: one organisation's, from its first certification on. The key decides when two ask for the same one.</summary>
public sealed class CertifiedCompany
{
    public required string Country { get; init; }

    public required string Number { get; init; }

    public required TenantId OwnerId { get; init; }

    public required DateTimeOffset Since { get; init; }
}
