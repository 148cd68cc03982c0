using Microsoft.EntityFrameworkCore;
using Portal.Frame;
using Portal.Mail;
using Portal.Store;

namespace Portal.Identity;

/// <summary>The mail that leads to a new passphrase, for whoever is here under an address. Whoever asks learns nothing: the answer and its time are always the same.</summary>
public sealed class ResetMail(PortalDb db, PersonCredentials credentials, MailOutbox outbox, ProofLinks links, Site site)
{
    public const string Path = "/sign-in/reset";

    private static readonly MailKind Kind = MailKind.Of<IdentityTexts>("Reset");
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Longer than finding a person and saving a mail takes, so that it is the time of every answer.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(400);

    public Task SendAsync(string? email, CancellationToken cancellationToken) =>
        Task.WhenAll(Task.Delay(AnswerTime, cancellationToken), AddAsync((email ?? "").Trim(), cancellationToken));

    private async Task AddAsync(string email, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(row => row.Email == email, cancellationToken);
        if (person is null)
            return;

        var stamp = (await credentials.OfAsync(person.Id, cancellationToken)).SecurityStamp!;
        var token = links.Make(ProofLinks.Reset, person.Id, stamp, Lifetime);
        outbox.Add(person.Email, person.Language, Kind, site.InMail($"{Path}?token={token}"), person.DisplayName);
        await db.TrySaveAsync(cancellationToken); // Two at once make the credentials: the other one's mail is on its way.
    }
}
