namespace Line.Validation;

/// <summary>Knows LINE's published limits for itself.</summary>
internal interface IChecked
{
    /// <summary>Reports every limit that it breaks.</summary>
    void Check(FaultFinder faults);
}
