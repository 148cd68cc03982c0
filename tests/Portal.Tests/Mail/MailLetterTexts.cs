namespace Portal.Tests.Mail;

public sealed class MailLetterTexts;
