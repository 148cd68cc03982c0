using System.ComponentModel.DataAnnotations;

namespace Portal.Mail;

/// <summary>How mails leave. Configuration section "Mail".</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The address that mails come from.</summary>
    [Required, EmailAddress]
    public string From { get; init; } = "no-reply@module-market.example";

    [Required, StringLength(100, MinimumLength = 1)]
    public string FromName { get; init; } = "Module Market";

    /// <summary>The mail server. None: the mailbox, if there is one.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Origin of the sandbox, whose mailbox page shows mails instead. Only without a mail server.</summary>
    public string? MailboxUrl { get; init; }

    internal static bool IsClear(MailOptions options) =>
        (options.Smtp is null || options.MailboxUrl is null)
        && (options.Smtp is not { } smtp || (smtp.Host.Length > 0 && smtp.Port is > 0 and < 65_536))
        && (options.MailboxUrl is not { } mailbox || (Uri.TryCreate(mailbox, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"));
}

/// <summary>A mail server. Configuration section "Mail:Smtp".</summary>
public sealed class SmtpOptions
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    /// <summary>Default: the connection must become encrypted before anything is said.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>None: the server asks for no sign-in.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all: a server on the same machine.</summary>
    None,

    /// <summary>Plain, then encrypted (port 587); a server that cannot is not spoken to.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (port 465).</summary>
    Tls,
}
