namespace Line.Insights;

/// <summary>An age's part.</summary>
/// <param name="Age">Like <c>from20to24</c>, <c>from70</c> or <c>unknown</c>.</param>
/// <param name="Percentage">0 to 100.</param>
public sealed record AgeShare(string Age, double Percentage);
