using Line.Validation;

namespace Line;

/// <summary>Buttons under the chat.</summary>
/// <param name="Items">1 to 13.</param>
public sealed record QuickReply(IReadOnlyList<QuickReplyItem> Items) : IChecked
{
    /// <summary>Most buttons.</summary>
    public const int ItemsMax = 13;

    /// <summary>Buttons without pictures.</summary>
    public static QuickReply Of(params IEnumerable<LineAction> actions) => new([.. actions.Select(action => new QuickReplyItem(action))]);

    void IChecked.Check(FaultFinder faults) => faults.Parts("items", Items, 1, ItemsMax);
}
