using Line.Validation;

namespace Line.Notifications;

/// <summary>What stands in a notification template.</summary>
public sealed record TemplateBody : IChecked
{
    /// <summary>The large one: 15 characters at most.</summary>
    public TemplateItem? EmphasizedItem { get; init; }

    /// <summary>Up to 15 lines, of different keys; 300 characters at most each.</summary>
    public IReadOnlyList<TemplateItem>? Items { get; init; }

    /// <summary>Up to two buttons.</summary>
    public IReadOnlyList<TemplateButton>? Buttons { get; init; }

    void IChecked.Check(FaultFinder faults)
    {
        faults.Length("emphasizedItem.content", EmphasizedItem?.Content, 15);
        faults.Parts("items", Items, 0, 15);
        faults.Parts("buttons", Buttons, 0, 2);
        var keys = new HashSet<string?>(StringComparer.Ordinal) { EmphasizedItem?.ItemKey };
        for (var i = 0; i < (Items?.Count ?? 0); i++)
        {
            if (!keys.Add(Items![i].ItemKey))
                faults.Add("items", i, "each itemKey may be given once");
        }
    }
}
