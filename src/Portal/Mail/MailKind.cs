namespace Portal.Mail;

/// <summary>One kind of mail: where its words stand, and under which name.</summary>
/// <param name="Texts">The feature's texts. They hold <c>Mail.{Name}.Subject</c>, <c>Mail.{Name}.Body</c> (a blank line parts paragraphs) and, where the mail has a link, <c>Mail.{Name}.Button</c>.</param>
/// <param name="Name">At most 60 letters.</param>
public sealed record MailKind(Type Texts, string Name)
{
    public static MailKind Of<TTexts>(string name) => new(typeof(TTexts), name);
}
