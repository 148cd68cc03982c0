using Line.Validation;

namespace Line.Notifications;

/// <summary>A line of a notification template.</summary>
/// <param name="ItemKey">Which, like <c>date_002_ja</c>; LINE lists them by country.</param>
/// <param name="Content">What it says.</param>
public sealed record TemplateItem(string ItemKey, string Content) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Given("itemKey", ItemKey);
        faults.Text("content", Content, 300);
    }
}
