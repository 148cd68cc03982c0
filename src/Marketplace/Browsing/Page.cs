using System.Net;

namespace Marketplace.Browsing;

/// <summary>A page as it was answered.</summary>
/// <param name="Address">Where it is, after redirects.</param>
/// <param name="Root">What is on it.</param>
/// <param name="Way">The addresses that led there, the asked-for one first and <paramref name="Address"/> last.</param>
internal sealed record Page(Uri Address, HttpStatusCode Status, Element Root, IReadOnlyList<Uri> Way)
{
    /// <summary>The element with this hook; null: it is not on the page.</summary>
    public Element? Find(string testId) => Root.Descendants.FirstOrDefault(element => element.TestId == testId);

    /// <summary>The element with this hook.</summary>
    /// <exception cref="PageException">It is not on the page.</exception>
    public Element Get(string testId) => Find(testId) ?? throw new PageException($"'{testId}' on the page", Describe());

    /// <summary>The one form that has a field or button of this name.</summary>
    /// <exception cref="PageException">There is none.</exception>
    public Element FormWith(string fieldName) =>
        Root.Descendants.FirstOrDefault(element => element.Name is "input" or "button" or "textarea" or "select" && element["name"] == fieldName)
            ?.Ancestors.FirstOrDefault(element => element.Name == "form")
        ?? throw new PageException($"a form with '{fieldName}' on the page", Describe());

    /// <summary>The page in one line: where it is, its title, and what it warns of.</summary>
    public string Describe()
    {
        var title = Root.Descendants.FirstOrDefault(element => element.Name == "title")?.Text;
        var alerts = Root.Descendants.Where(element => element["role"] == "alert" || element.TestId is "order-problem" or "problem").Select(element => element.Text).Where(text => text.Length > 0).Distinct();
        return string.Join(", ", new[] { $"{(int)Status} {Address}", title is null ? null : $"\"{title}\"" }.Concat(alerts.Select(alert => $"which says \"{alert}\"")).Where(part => part is not null));
    }
}
