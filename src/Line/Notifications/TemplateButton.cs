using Line.Validation;

namespace Line.Notifications;

/// <summary>A button of a notification template.</summary>
/// <param name="ButtonKey">Which, like <c>contact_ja</c>; LINE lists them by country.</param>
/// <param name="Url">Where it leads: 1000 characters at most.</param>
public sealed record TemplateButton(string ButtonKey, Uri Url) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Given("buttonKey", ButtonKey);
        faults.Address("url", Url, 1000, isRequired: true, "http", "https", "line", "tel");
    }
}
