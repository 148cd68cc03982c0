namespace Sandbox.Mailboxes;

/// <summary>A mail that arrived, as it was sent.</summary>
/// <param name="Id">The sender's own: the same mail sent twice is kept once.</param>
internal sealed record ReceivedMail(Guid Id, string From, string To, string Subject, string Text, string Html, DateTimeOffset ReceivedAt);
