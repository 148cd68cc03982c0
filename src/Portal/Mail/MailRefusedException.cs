namespace Portal.Mail;

/// <summary>The other side will not take this mail, however often it is offered.</summary>
public sealed class MailRefusedException(string message, Exception? cause = null) : Exception(message, cause);
