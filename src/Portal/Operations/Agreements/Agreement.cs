using Portal.Store;
using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>One version of an agreement. It is published once and never altered; a change is a new version.</summary>
public sealed class Agreement : IAppendOnly
{
    public required Guid Id { get; init; }

    public required AgreementKind Kind { get; init; }

    /// <summary>1, 2, 3 … within its kind: the last one counts.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Null: it came with the software.</summary>
    public PersonId? PublishedBy { get; init; }

    /// <summary>One for each language.</summary>
    public List<AgreementText> Texts { get; init; } = [];
}
