using Line.Validation;

namespace Line;

/// <summary>One of LINE's own emoji in a <see cref="TextMessage"/>.</summary>
/// <param name="Index">The place of its <c>$</c> in the text, in UTF-16 units from 0.</param>
/// <param name="ProductId">The set.</param>
/// <param name="EmojiId">The emoji in its set.</param>
public sealed record TextEmoji(int Index, string ProductId, string EmojiId) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Given("productId", ProductId);
        faults.Given("emojiId", EmojiId);
    }
}
