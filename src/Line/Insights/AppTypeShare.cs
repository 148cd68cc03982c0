namespace Line.Insights;

/// <summary>A phone's part.</summary>
/// <param name="AppType"><c>ios</c>, <c>android</c> or <c>others</c>.</param>
/// <param name="Percentage">0 to 100.</param>
public sealed record AppTypeShare(string AppType, double Percentage);
