using Line.Validation;

namespace Line;

/// <summary>A sticker of those that accounts may send.</summary>
/// <param name="PackageId">The package.</param>
/// <param name="StickerId">The sticker in its package.</param>
public sealed record StickerMessage(string PackageId, string StickerId) : LineMessage
{
    private protected override string Kind => "sticker";

    /// <summary>Quotes a message of the same chat.</summary>
    public string? QuoteToken { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Given("packageId", PackageId);
        faults.Given("stickerId", StickerId);
    }
}
