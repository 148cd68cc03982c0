using System.Text.Json.Serialization;
using Line.Validation;

namespace Line;

/// <summary>A question with two buttons.</summary>
public sealed record ConfirmTemplate : MessageTemplate
{
    /// <summary>As it reads from JSON; two actions are taken.</summary>
    [JsonConstructor]
    public ConfirmTemplate(string text, IReadOnlyList<LineAction> actions) => (Text, Actions) = (text, actions);

    /// <summary>A question with its left and its right button.</summary>
    public ConfirmTemplate(string text, LineAction yes, LineAction no) : this(text, [yes, no])
    {
    }

    private protected override string Kind => "confirm";

    /// <summary>240 grapheme clusters at most.</summary>
    public string Text { get; init; }

    /// <summary>The left button and the right one.</summary>
    public IReadOnlyList<LineAction> Actions { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("text", Text, 240, Counting.Graphemes);
        faults.Actions("actions", Actions, 2, 2, ActionPlace.Template);
    }
}
