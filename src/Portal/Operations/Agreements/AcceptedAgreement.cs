using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>An agreement that a company is bound by: which version, who accepted it first, and when.</summary>
public sealed record AcceptedAgreement(int Number, PersonId By, DateTimeOffset At);
