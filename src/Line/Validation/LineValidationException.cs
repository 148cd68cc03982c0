namespace Line;

/// <summary>A request would be refused: it breaks limits that LINE publishes. Nothing was sent.</summary>
public sealed class LineValidationException : ArgumentException
{
    /// <summary>For clients and for tests of code that catches it.</summary>
    public LineValidationException(IReadOnlyList<LineErrorDetail> faults) : base(Describe(faults)) => Faults = faults;

    /// <summary>All that is wrong, each with its property as LINE names it, like <c>messages[0].template.actions[1].label</c>.</summary>
    public IReadOnlyList<LineErrorDetail> Faults { get; }

    private static string Describe(IReadOnlyList<LineErrorDetail> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return $"LINE would refuse this: {string.Join("; ", faults.Select(fault => $"{fault.Property}: {fault.Message}"))}.";
    }
}
