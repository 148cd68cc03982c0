namespace Portal.Mail;

/// <summary>Names what stands under every mail. The words of each kind stand with its feature.</summary>
public sealed class MailTexts;
