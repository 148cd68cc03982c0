using Line.Validation;

namespace Line.Notifications;

/// <summary>One of LINE's notification templates, filled in.</summary>
/// <param name="TemplateKey">Which, like <c>reserve_ja</c>; LINE lists them by country.</param>
/// <param name="Body">What stands in it.</param>
public sealed record TemplateNotice(string TemplateKey, TemplateBody? Body = null) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Text("templateKey", TemplateKey, int.MaxValue);
        faults.Part("body", Body, isRequired: false);
    }
}
