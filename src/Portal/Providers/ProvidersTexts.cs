namespace Portal.Providers;

/// <summary>Names the texts of applications to be a certified provider. They stand beside this file; the neutral one is English.</summary>
public sealed class ProvidersTexts;
