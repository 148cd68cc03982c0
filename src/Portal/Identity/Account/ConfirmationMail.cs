using Portal.Frame;
using Portal.Mail;
using Tenancy;

namespace Portal.Identity;

/// <summary>The mail by which somebody proves that an address is theirs.</summary>
public sealed class ConfirmationMail(MailOutbox outbox, ProofLinks links, Site site)
{
    public const string Path = "/account/confirm";

    private static readonly MailKind Kind = MailKind.Of<IdentityTexts>("Confirm");
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Adds it; the caller saves.</summary>
    public void Add(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var token = links.Make(ProofLinks.Confirm, person.Id, person.Email, Lifetime);
        outbox.Add(person.Email, person.Language, Kind, site.InMail($"{Path}?token={token}"), person.DisplayName);
    }
}
