using System.Globalization;
using Portal.Operations.Agreements;
using Tenancy;

namespace Portal.Providers;

/// <summary>The parts of an application, in the order in which they are asked. Each has a page and a thread of questions.</summary>
public enum ApplicationPart { Company, Privacy, Certificate, Authority, Bank, Agreement }

/// <summary>How somebody shows that they may act for the company.</summary>
public enum AuthorityWay
{
    /// <summary>A code in a letter to the registered address.</summary>
    Letter,

    /// <summary>A code to a mailbox on the domain of the privacy page.</summary>
    Mailbox,

    /// <summary>A power of attorney as a document.</summary>
    PowerOfAttorney,
}

/// <summary>What a company says of itself to be certified, and how far its review is. One open at a time; a renewal is a new one.</summary>
/// <remarks>Each transition says whether it happened; one that does not fit the state changes nothing.</remarks>
public sealed class ProviderApplication : ITenantOwned
{
    public required ApplicationId Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>1 for the first, one more for each renewal or new try. Unique within the organisation, so that two tabs begin one.</summary>
    public required int Round { get; init; }

    public ApplicationState State { get; private set; }

    /// <summary>TW, JP or TH.</summary>
    public required string Country { get; set; }

    /// <summary>As registered, in its own language: 1 to 100 characters.</summary>
    public required string CompanyName { get; set; }

    /// <summary>For readers of other scripts; may be empty in a draft.</summary>
    public string LatinName { get; set; } = "";

    /// <summary>See <see cref="Providers.RegistrationNumber"/>.</summary>
    public required string RegistrationNumber { get; set; }

    /// <summary>Where letters reach the company, as registered.</summary>
    public string RegisteredAddress { get; set; } = "";

    public string SupportEmail { get; set; } = "";

    public string? PrivacyUrl { get; set; }

    public AuthorityWay? AuthorityWay { get; set; }

    /// <summary>Where the code was mailed to, for <see cref="AuthorityWay.Mailbox"/>.</summary>
    public string? Mailbox { get; set; }

    /// <summary>The code that proves authority, sealed: a reviewer prints it on the letter.</summary>
    public string? SealedCode { get; set; }

    public DateTimeOffset? CodeUntil { get; set; }

    /// <summary>Wrong codes since the code was made.</summary>
    public int CodeTries { get; set; }

    public DateTimeOffset? CodeProvenAt { get; set; }

    /// <summary>Bank and branch codes, as the country writes them.</summary>
    public string? BankCode { get; set; }

    public string? AccountHolder { get; set; }

    /// <summary>The account's number, sealed with the organisation's key. Shown as its last four digits only.</summary>
    public string? SealedAccount { get; set; }

    public string? AccountLast4 { get; set; }

    /// <summary>Tells whether it is still the same account, without saying which.</summary>
    public string? AccountFingerprint { get; set; }

    /// <summary>Number of the provider agreement that was in force, and accepted, when it was handed in; null: it never was.</summary>
    public string? AgreementVersion { get; private set; }

    public DateTimeOffset? AgreedAt { get; private set; }

    public PersonId? AgreedBy { get; private set; }

    /// <summary>What the reviewer found in the country's register, with the address of the entry.</summary>
    public string? RegistryEvidence { get; set; }

    /// <summary>Which proof of authority a reviewer has accepted.</summary>
    public AuthorityWay? AuthorityAccepted { get; set; }

    /// <summary>Why it was refused, in words to the company.</summary>
    public string? RefusalReasons { get; private set; }

    /// <summary>Everybody who wrote in it: none of them approves it.</summary>
    public IReadOnlyList<PersonId> Editors { get; private set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>How long the certification holds that came of it; null: none did.</summary>
    public DateTimeOffset? CertifiedUntil { get; private set; }

    /// <summary>How many days before the end the owners were last reminded, 0 once it lapsed; null: not yet.</summary>
    public int? RemindedDays { get; set; }

    /// <summary>When the letter with the code was sent.</summary>
    public DateTimeOffset? LetterSentAt { get; set; }

    /// <summary>Raised by each change: two at once, and the second is told.</summary>
    public int Version { get; private set; }

    public bool IsOpen => ApplicationStates.IsOpen(State);

    /// <summary>Whether the code was typed in rightly for the way that is chosen now.</summary>
    public bool IsCodeProven => CodeProvenAt is not null;

    /// <summary>Somebody of the company writes in it. False: it may not be changed now.</summary>
    public bool Edit(PersonId by)
    {
        if (!IsOpen)
            return false;
        if (!Editors.Contains(by))
            Editors = [.. Editors, by];

        Version++;
        return true;
    }

    /// <summary>The proof of authority begins anew, because the way, the mailbox, the address or the privacy page changed.</summary>
    public void ForgetCode() => (SealedCode, CodeUntil, CodeTries, CodeProvenAt, LetterSentAt, AuthorityAccepted) = (null, null, 0, null, null, null);

    /// <summary>Keeps under which agreement it is handed in.</summary>
    public void Agreed(AcceptedAgreement accepted) =>
        (AgreementVersion, AgreedAt, AgreedBy) = (accepted.Number.ToString(CultureInfo.InvariantCulture), accepted.At, accepted.By);

    public bool Submit(PersonId by, DateTimeOffset now)
    {
        if (!Act(ApplicationAct.Submit))
            return false;
        if (!Editors.Contains(by))
            Editors = [.. Editors, by];

        SubmittedAt = now;
        return true;
    }

    public bool TakeUp() => Act(ApplicationAct.TakeUp);

    public bool Ask() => Act(ApplicationAct.Ask);

    public bool Certify(DateTimeOffset now, DateTimeOffset until)
    {
        if (!Decide(ApplicationAct.Certify, now))
            return false;

        CertifiedUntil = until;
        return true;
    }

    public bool Refuse(string reasons, DateTimeOffset now)
    {
        if (!Decide(ApplicationAct.Refuse, now))
            return false;

        RefusalReasons = reasons;
        return true;
    }

    /// <summary>A reviewer noted something, or a wrong code was counted: nothing that the company said has changed.</summary>
    public void Touch() => Version++;

    private bool Decide(ApplicationAct act, DateTimeOffset now)
    {
        if (!Act(act))
            return false;

        DecidedAt = now;
        return true;
    }

    private bool Act(ApplicationAct act)
    {
        if (ApplicationStates.After(State, act) is not { } next)
            return false;

        State = next;
        Version++;
        return true;
    }
}
