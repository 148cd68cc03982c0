namespace Portal.Providers;

/// <summary>What is missing in an application or cannot be right, part by part. Drafts are kept as they are; only a whole one is handed in.</summary>
/// <remarks>Each gap names its sentence: <c>Gap.{name}</c>.</remarks>
internal static class ApplicationGaps
{
    /// <param name="hasAgreed">Whether the company accepted the provider agreement that counts: the one in force until it hands in, the one that it handed in with afterwards.</param>
    public static IReadOnlyDictionary<ApplicationPart, IReadOnlyList<string>> Of(ProviderApplication application, IReadOnlyList<ProviderDocument> documents, PrivacyCheck? check, bool hasAgreed, DateOnly today) =>
        Enum.GetValues<ApplicationPart>().ToDictionary(part => part, IReadOnlyList<string> (part) =>
        [
            .. part switch
            {
                ApplicationPart.Company => Company(application),
                ApplicationPart.Privacy => Privacy(application, check),
                ApplicationPart.Certificate => Certificate(application, documents, today),
                ApplicationPart.Authority => Authority(application, documents),
                ApplicationPart.Bank => application.SealedAccount is null ? ["BankMissing"] : [],
                _ => hasAgreed ? Array.Empty<string>() : ["NotAgreed"],
            },
        ]);

    private static IEnumerable<string> Company(ProviderApplication application)
    {
        if (application.CompanyName.Length == 0)
            yield return "CompanyName";
        if (application.LatinName.Length == 0)
            yield return "LatinName";
        if (!RegistrationNumber.IsValid(application.Country, application.RegistrationNumber))
            yield return $"Number.{application.Country}";
        if (application.RegisteredAddress.Length == 0)
            yield return "Address";
        if (!IsMail(application.SupportEmail))
            yield return "SupportEmail";
    }

    private static IEnumerable<string> Privacy(ProviderApplication application, PrivacyCheck? check)
    {
        if (application.PrivacyUrl is null || check is null)
            yield return "PrivacyMissing";
        else if (check.Fault is { } fault)
            yield return $"Page.{fault}";
        else if (!check.IsNameFound)
            yield return "NameNotFound";
    }

    private static IEnumerable<string> Certificate(ProviderApplication application, IReadOnlyList<ProviderDocument> documents, DateOnly today)
    {
        if (documents.FirstOrDefault(row => row.Kind == DocumentKind.RegistrationCertificate) is not { } certificate)
            yield return "CertificateMissing";
        else if (certificate.Scan == ScanState.Infected)
            yield return "Infected";
        else if (!CertificateRules.Of(application.Country).IsFresh(certificate.IssuedOn, today))
            yield return "CertificateOld";
    }

    private static IEnumerable<string> Authority(ProviderApplication application, IReadOnlyList<ProviderDocument> documents) => application.AuthorityWay switch
    {
        null => ["AuthorityMissing"],
        AuthorityWay.Mailbox when !application.IsCodeProven => ["CodeMissing"],
        AuthorityWay.PowerOfAttorney when !documents.Any(row => row.Kind == DocumentKind.PowerOfAttorney && row.Scan != ScanState.Infected) => ["PowerMissing"],
        _ => [], // The letter is sent during the review.
    };

    /// <summary>One @ with something on each side; whether it takes mail, the mail shows.</summary>
    private static bool IsMail(string text) => text.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
}
