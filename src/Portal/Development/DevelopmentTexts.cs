namespace Portal.Development;

/// <summary>Names the texts of the development pages. They stand beside this file; the neutral one is English.</summary>
public sealed class DevelopmentTexts;
