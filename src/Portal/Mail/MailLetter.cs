using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;

namespace Portal.Mail;

/// <summary>A mail's words: subject, plain text and plain HTML, in one language.</summary>
public sealed record MailLetter(string Subject, string Text, string Html)
{
    private static readonly ConcurrentDictionary<Type, ResourceManager> Resources = new();

    /// <param name="language">One of ours; a text that is not translated comes in English.</param>
    /// <param name="link">Where the button leads. Null: there is none.</param>
    /// <param name="values">For the gaps {0}, {1}, … of subject and body. They are set as text: nothing in them becomes markup or a header.</param>
    /// <exception cref="InvalidOperationException">The feature has no such texts.</exception>
    public static MailLetter Write(MailKind kind, string language, string? link, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var culture = CultureInfo.GetCultureInfo(language);
        var clean = values.Select(OneLine).ToArray();
        var subject = string.Format(culture, Word(kind.Texts, $"Mail.{kind.Name}.Subject", culture), clean);
        var paragraphs = Word(kind.Texts, $"Mail.{kind.Name}.Body", culture).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var button = link is null ? null : Word(kind.Texts, $"Mail.{kind.Name}.Button", culture);
        var footer = Word(typeof(MailTexts), "Mail.Footer", culture);

        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
            text.Append(string.Format(culture, paragraph, clean)).Append("\n\n");
        if (link is not null)
            text.Append(button).Append(":\n").Append(link).Append("\n\n");
        text.Append("-- \n").Append(footer).Append('\n');

        var html = new StringBuilder();
        var encoded = clean.Select(value => WebUtility.HtmlEncode(value)).ToArray();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(subject)}</title></head>");
        html.Append("<body style=\"margin:0;padding:24px;background:#f7f6fb;color:#221f4b;font:16px/1.6 sans-serif\"><div style=\"max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #e2e0ee;border-radius:16px\">");
        foreach (var paragraph in paragraphs)
            html.Append("<p>").AppendFormat(culture, WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal), encoded).Append("</p>");
        if (link is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{WebUtility.HtmlEncode(link)}\" style=\"display:inline-block;padding:12px 20px;border-radius:999px;background:#c8432f;color:#fff;text-decoration:none;font-weight:600\">{WebUtility.HtmlEncode(button)}</a></p><p style=\"font-size:14px;color:#56537a;word-break:break-all\">{WebUtility.HtmlEncode(link)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"</div><p style=\"max-width:560px;margin:16px auto;font-size:12px;color:#68658a\">{WebUtility.HtmlEncode(footer)}</p></body></html>");
        return new MailLetter(subject, text.ToString(), html.ToString());
    }

    private static string Word(Type texts, string name, CultureInfo culture) =>
        Resources.GetOrAdd(texts, type => new ResourceManager(type)).GetString(name, culture)
        ?? throw new InvalidOperationException($"{texts.Name} has no text '{name}'.");

    private static string OneLine(string value) => string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
