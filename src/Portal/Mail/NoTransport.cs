namespace Portal.Mail;

/// <summary>Neither SMTP nor a mailbox is configured: mails wait, are tried, and are given up, each with a line in the log.</summary>
internal sealed class NoTransport : IMailTransport
{
    public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        throw new IOException("No way for mails is configured: set Mail:Smtp:Host, or Mail:MailboxUrl to the sandbox.");
}
