using System.Text;

namespace Marketplace.Browsing;

/// <summary>An element of a page that was read: as much of it as is needed to fill forms and to look things up.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Attributes">By name in lower case; without a value: "".</param>
/// <param name="Parent">Null: the page itself.</param>
internal sealed class Element(string name, IReadOnlyDictionary<string, string> attributes, Element? parent)
{
    private readonly List<Element> _children = [];
    private readonly StringBuilder _text = new();

    public string Name => name;

    public Element? Parent => parent;

    /// <summary>Null: it has no such attribute.</summary>
    public string? this[string attribute] => attributes.GetValueOrDefault(attribute);

    /// <summary>The hook by which tests, and the demo, find it.</summary>
    public string? TestId => this["data-testid"];

    /// <summary>Its own words and those of everything in it, blanks folded.</summary>
    public string Text => string.Join(' ', _text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Everything in it, in the order of the page.</summary>
    public IEnumerable<Element> Descendants => _children.SelectMany(child => child.Descendants.Prepend(child));

    /// <summary>Itself and what it stands in, from the inside out.</summary>
    public IEnumerable<Element> Ancestors
    {
        get
        {
            for (var at = this; at is not null; at = at.Parent)
                yield return at;
        }
    }

    internal Element Add(string childName, IReadOnlyDictionary<string, string> childAttributes)
    {
        var child = new Element(childName, childAttributes, this);
        _children.Add(child);
        return child;
    }

    internal void AddText(string text)
    {
        foreach (var element in Ancestors)
            element._text.Append(text).Append(' ');
    }
}
