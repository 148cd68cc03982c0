namespace Portal.Console;

/// <summary>Names the texts of My accounts. They stand beside this file; the neutral one is English.</summary>
public sealed class ConsoleTexts;
