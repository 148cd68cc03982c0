namespace Line.Insights;

/// <summary>An area's part.</summary>
/// <param name="Area">Its name, in the country's language.</param>
/// <param name="Percentage">0 to 100.</param>
public sealed record AreaShare(string Area, double Percentage);
