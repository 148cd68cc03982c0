using Microsoft.Extensions.Options;

namespace Portal.Mail;

/// <summary>Mails to the mailbox page of the sandbox, where there is no mail server: development and demonstration.</summary>
internal sealed class MailboxTransport(HttpClient http, IOptions<MailOptions> options) : IMailTransport
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var body = new { mail.Id, From = options.Value.From, mail.To, mail.Subject, mail.Text, mail.Html };
        using var answer = await http.PostAsJsonAsync(new Uri(new Uri(options.Value.MailboxUrl!), "/sandbox/api/mail"), body, cancellationToken);
        if ((int)answer.StatusCode is >= 400 and < 500)
            throw new MailRefusedException($"The mailbox answered {(int)answer.StatusCode}.");

        answer.EnsureSuccessStatusCode();
    }
}
