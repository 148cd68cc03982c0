namespace Portal.Operations.Agreements;

/// <summary>Between whom an agreement is.</summary>
public enum AgreementKind
{
    /// <summary>With a company that offers modules.</summary>
    Provider,

    /// <summary>With a company that uses them.</summary>
    Buyer,
}
