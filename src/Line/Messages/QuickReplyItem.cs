using System.Text.Json.Serialization;
using Line.Validation;

namespace Line;

/// <summary>One of the buttons under the chat.</summary>
/// <param name="Action">What it does; its label is what it says, 20 grapheme clusters at most.</param>
/// <param name="ImageUrl">A small picture beside the label: https, PNG, square, 1 MB and 2000 characters at most.</param>
public sealed record QuickReplyItem([property: JsonPropertyOrder(1)] LineAction Action, Uri? ImageUrl = null) : IChecked
{
    /// <summary>LINE's word for a button.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "action";

    void IChecked.Check(FaultFinder faults)
    {
        faults.Https("imageUrl", ImageUrl, isRequired: false);
        faults.Action("action", Action, ActionPlace.QuickReply);
    }
}
