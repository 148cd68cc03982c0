using System.Net;
using System.Reflection;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ModuleGateway.Docs;

/// <summary>One page of the partners' documents, as a browser gets it.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Title">As the list of pages says it.</param>
internal sealed record DocPage(string Name, string Title, string Content)
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    private static readonly (string Name, string Title)[] Written =
        [("quick-start", "Quick start"), ("differences", "What differs from LINE"), ("account-link", "Account link"), ("errors", "Errors")];

    /// <summary>In the order in which one reads them.</summary>
    public static IReadOnlyList<DocPage> All { get; } =
    [
        .. Written.Select(page => new DocPage(page.Name, page.Title, Render(Read($"{page.Name}.md")))),
        new DocPage("calls", "Calls", Render(CallList.Write())),
    ];

    public static string Style { get; } = Read("docs.css");

    /// <summary>The whole page.</summary>
    public string ToHtml()
    {
        var pages = All.Select(page => $"<li><a href=\"/docs/{page.Name}\"{(page == this ? " aria-current=\"page\"" : "")}>{WebUtility.HtmlEncode(page.Title)}</a></li>");
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(Title)} · For partners</title><link rel="stylesheet" href="/docs/docs.css"></head>
            <body>
            <header>For partners</header>
            <div class="page">
            <nav aria-label="Pages"><ul>{string.Concat(pages)}<li><a href="/docs/openapi.json">OpenAPI</a></li></ul></nav>
            <main>{Content}</main>
            </div>
            </body>
            </html>
            """;
    }

    private static string Render(string text)
    {
        var document = Markdig.Markdown.Parse(text, Markdown);
        foreach (var link in document.Descendants<LinkInline>())
        {
            // Between files of the repository one page is the other's neighbour with its ending; here without.
            if (link.Url is { } url && !url.Contains(':', StringComparison.Ordinal))
                link.Url = url.Replace(".md", "", StringComparison.Ordinal);
        }

        return document.ToHtml(Markdown).Replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>", StringComparison.Ordinal).Replace("</table>", "</table></div>", StringComparison.Ordinal);
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"docs/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
