using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Mail;

/// <summary>Sends what is due, one mail after the other, and tries again what failed: after 1 and 5 minutes, half an hour, 2 and 8 hours.</summary>
/// <remarks>Several portals on one database share the work: a mail belongs to whoever raised its count, for five minutes.</remarks>
internal sealed partial class MailWorker(IServiceScopeFactory scopes, IMailTransport transport, MailSignal signal, TimeProvider clock, ILogger<MailWorker> logger) : BackgroundService
{
    private const int LookMax = 20;

    /// <summary>Another process may have written one, or a retry is due.</summary>
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendDueAsync(stoppingToken) == LookMax)
                {
                    // There may be more.
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, failure); // The database is away: the next look finds the same mails.
            }

            await signal.WaitAsync(LookAtLeastEvery, stoppingToken);
        }
    }

    private async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var now = clock.GetUtcNow();
        var due = await db.Set<OutgoingMail>().Where(mail => mail.DueAt <= now).OrderBy(mail => mail.DueAt).Select(mail => mail.Id).Take(LookMax).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            var mail = await db.Set<OutgoingMail>().SingleOrDefaultAsync(row => row.Id == id && row.DueAt <= now, cancellationToken);
            if (mail is null)
                continue;

            mail.Attempts++;
            mail.DueAt = now + Lease;
            if (await db.TrySaveAsync(cancellationToken))
                await SendAsync(db, mail, cancellationToken);
        }

        return due.Count;
    }

    private async Task SendAsync(PortalDb db, OutgoingMail mail, CancellationToken cancellationToken)
    {
        string? failure = null;
        var isFinal = false;
        try
        {
            await transport.SendAsync(mail, cancellationToken);
        }
        catch (MailRefusedException refused)
        {
            (failure, isFinal) = (refused.Message, true);
        }
        catch (Exception away) when (away is IOException or SocketException or HttpRequestException or MailKit.ProtocolException or MailKit.CommandException or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException
            || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            failure = away.Message;
        }

        var now = clock.GetUtcNow();
        if (failure is null)
        {
            (mail.SentAt, mail.DueAt, mail.LastFailure) = (now, null, null);
        }
        else if (isFinal || mail.Attempts > Waits.Length)
        {
            (mail.GivenUpAt, mail.DueAt) = (now, null);
            Log.GivenUp(logger, mail.Kind, mail.Id, mail.Attempts, failure);
        }
        else
        {
            mail.DueAt = now + Waits[mail.Attempts - 1];
            Log.Failed(logger, mail.Kind, mail.Id, mail.Attempts, failure);
        }

        if (failure is not null)
            mail.LastFailure = failure.Length > OutgoingMailMapping.FailureMax ? failure[..OutgoingMailMapping.FailureMax] : failure;
        if (mail.DueAt is null)
            mail.Text = mail.Html = "";
        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(4701, LogLevel.Error, "Mails that are due could not be looked up.")]
        public static partial void LookFailed(ILogger logger, Exception failure);

        [LoggerMessage(4702, LogLevel.Warning, "Mail {Kind} {Id} failed at try {Attempt}: {Failure}")]
        public static partial void Failed(ILogger logger, string kind, Guid id, int attempt, string failure);

        [LoggerMessage(4703, LogLevel.Error, "Mail {Kind} {Id} is given up after {Attempts} tries: {Failure}")]
        public static partial void GivenUp(ILogger logger, string kind, Guid id, int attempts, string failure);
    }
}
