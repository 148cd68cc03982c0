using Line.Validation;

namespace Line;

/// <summary>Empty space. LINE would rather see paddings and margins.</summary>
public sealed record FlexFiller : FlexComponent
{
    private protected override string Kind => "filler";

    /// <summary>Its share of its parent's space.</summary>
    public int? Flex { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
