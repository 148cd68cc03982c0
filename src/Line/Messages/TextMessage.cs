using Line.Validation;

namespace Line;

/// <summary>A text.</summary>
/// <param name="Text">1 to 5000 UTF-16 units.</param>
public sealed record TextMessage(string Text) : LineMessage
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int TextMax = 5000;

    private protected override string Kind => "text";

    /// <summary>LINE's own emoji, 20 at most, each in the place of a <c>$</c> in the text.</summary>
    public IReadOnlyList<TextEmoji>? Emojis { get; init; }

    /// <summary>Quotes a message of the same chat.</summary>
    public string? QuoteToken { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("text", Text, TextMax);
        faults.Parts("emojis", Emojis, 0, 20);
        for (var i = 0; Text is not null && i < (Emojis?.Count ?? 0); i++)
        {
            if (Emojis![i] is { } emoji && (emoji.Index < 0 || emoji.Index >= Text.Length || Text[emoji.Index] != '$'))
                faults.Add("emojis", i, "index must point at a $ of the text");
        }
    }
}
