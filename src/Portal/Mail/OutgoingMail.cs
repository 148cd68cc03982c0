namespace Portal.Mail;

/// <summary>A mail that is owed to somebody. Written in the transaction of what it tells about, sent by <see cref="MailWorker"/> afterwards.</summary>
/// <remarks>It is sent at least once: a process that dies between sending and noting it sends it again.</remarks>
public sealed class OutgoingMail
{
    public required Guid Id { get; init; }

    public required string To { get; init; }

    /// <summary>BCP 47 tag of the language it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>Which mail this is, for logs and the operator.</summary>
    public required string Kind { get; init; }

    public required string Subject { get; init; }

    /// <summary>As plain text. Emptied when it is sent or given up: it may hold a link that opens something.</summary>
    public required string Text { get; set; }

    /// <summary>The same as HTML.</summary>
    public required string Html { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next. Null: nothing more is to be done.</summary>
    public required DateTimeOffset? DueAt { get; set; }

    /// <summary>Tries begun. Whoever raises it has the mail until <see cref="DueAt"/>.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>What the last try failed with.</summary>
    public string? LastFailure { get; set; }
}
