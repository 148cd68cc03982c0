using System.Text.Json;
using Sandbox.Api;

namespace Sandbox.Messaging.Rules;

/// <summary>Collects what is wrong in one flex message. LINE names places by a JSON pointer from the container: <c>/body/contents/0/text</c>.</summary>
internal sealed class FlexFaults
{
    private readonly List<ErrorDetail> _details = [];

    public IReadOnlyList<ErrorDetail> Details => _details;

    public void Add(string pointer, string message) => _details.Add(new ErrorDetail(message, pointer));

    public void Invalid(string pointer) => Add(pointer, "invalid property");

    public void Missing(string pointer) => Add(pointer, "must be specified");

    /// <summary>Actions have the same rules in a flex message as elsewhere; only their places are written in another way.</summary>
    public void Action(JsonElement action, string pointer, ActionPlace place)
    {
        if (action.ValueKind != JsonValueKind.Object)
        {
            Invalid(pointer);
            return;
        }

        var check = new BodyCheck();
        ActionRules.Check(check, action, "", place);
        foreach (var (message, property) in check.Faults)
            Add($"{pointer}/{property?.TrimStart('.').Replace('.', '/')}", message);
    }
}
