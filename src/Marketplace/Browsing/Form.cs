namespace Marketplace.Browsing;

/// <summary>A form of a page, filled in as a person would: the fields that the page put in stay, anti-forgery included.</summary>
internal sealed class Form
{
    private readonly Element _form;
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The form with what the page has filled in: hidden fields, texts, what is checked and selected.</summary>
    public Form(Element form)
    {
        _form = form;
        foreach (var field in form.Descendants.Where(element => element["name"] is { Length: > 0 } && element["disabled"] is null))
        {
            switch (field.Name)
            {
                case "input" when field["type"] is "radio" or "checkbox":
                    if (field["checked"] is not null)
                        Add(field, field["value"] ?? "on");
                    break;

                case "input" when field["type"] is not ("submit" or "button" or "image" or "reset" or "file"):
                    Add(field, field["value"] ?? "");
                    break;

                case "textarea":
                    Add(field, field.Text);
                    break;

                case "select":
                    var options = field.Descendants.Where(element => element.Name == "option").ToList();
                    if ((options.Find(option => option["selected"] is not null) ?? options.FirstOrDefault()) is { } chosen)
                        Add(field, chosen["value"] ?? chosen.Text);
                    break;
            }
        }
    }

    /// <summary>Whether it is sent as a query (GET) instead of a body.</summary>
    public bool IsQuery => !string.Equals(_form["method"], "post", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where it goes; null: to the page's own address.</summary>
    public string? Action { get; private set; }

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Writes into a field, or picks one of a radio group's buttons.</summary>
    public Form Set(string name, string value)
    {
        _fields.RemoveAll(field => field.Key == name);
        _fields.Add(new(name, value));
        return this;
    }

    /// <summary>The fields as this button sends them.</summary>
    public Form With(Element button)
    {
        if (button["name"] is { Length: > 0 } name)
            _fields.Add(new(name, button["value"] ?? ""));
        Action = button["formaction"] ?? _form["action"];
        return this;
    }

    private void Add(Element field, string value) => _fields.Add(new(field["name"]!, value));
}
