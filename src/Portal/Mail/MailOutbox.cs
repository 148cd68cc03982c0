using Portal.Store;

namespace Portal.Mail;

/// <summary>Puts mails beside the rows that they tell about, to be saved with them: what is not committed is not sent.</summary>
/// <remarks>Scoped. When the unit of work ends, the worker is told to look.</remarks>
public sealed class MailOutbox(PortalDb db, MailSignal signal, TimeProvider clock) : IDisposable
{
    private bool _added;

    /// <summary>Adds a mail; the caller saves.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="language">The reader's, a BCP 47 tag.</param>
    /// <param name="link">An address of ours for the mail's one button; null: no button.</param>
    /// <param name="values">For the gaps of its texts.</param>
    public void Add(string to, string language, MailKind kind, string? link, params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var letter = MailLetter.Write(kind, language, link, values);
        var now = clock.GetUtcNow();
        db.Add(new OutgoingMail
        {
            Id = Guid.CreateVersion7(),
            To = to,
            Language = language,
            Kind = kind.Name,
            Subject = letter.Subject,
            Text = letter.Text,
            Html = letter.Html,
            CreatedAt = now,
            DueAt = now,
        });
        _added = true;
    }

    public void Dispose()
    {
        if (_added)
            signal.Raise();
    }
}
