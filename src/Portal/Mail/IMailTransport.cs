namespace Portal.Mail;

/// <summary>The way that mails leave by.</summary>
public interface IMailTransport
{
    /// <summary>Hands one mail over.</summary>
    /// <exception cref="MailRefusedException">It will never be taken: the address is wrong.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
