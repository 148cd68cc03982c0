using Portal.Store;
using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>Who accepted which version for which company, when, and in which words.</summary>
public sealed class AgreementAcceptance : ITenantOwned, IAppendOnly
{
    public required Guid AgreementId { get; init; }

    public required TenantId TenantId { get; init; }

    public required PersonId PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The language that it was read in.</summary>
    public required string Language { get; init; }

    /// <summary>Of the text that was shown.</summary>
    public required string Fingerprint { get; init; }
}
