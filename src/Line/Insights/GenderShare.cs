namespace Line.Insights;

/// <summary>A gender's part.</summary>
/// <param name="Gender"><c>male</c>, <c>female</c> or <c>unknown</c>.</param>
/// <param name="Percentage">0 to 100.</param>
public sealed record GenderShare(string Gender, double Percentage);
