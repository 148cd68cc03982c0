using Line.Validation;

namespace Line;

/// <summary>One of LINE's own emoji.</summary>
/// <param name="ProductId">The set.</param>
/// <param name="EmojiId">The emoji in its set.</param>
public sealed record EmojiSubstitution(string ProductId, string EmojiId) : TextSubstitution
{
    private protected override string Kind => "emoji";

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Given("productId", ProductId);
        faults.Given("emojiId", EmojiId);
    }
}
