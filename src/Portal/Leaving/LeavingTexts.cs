namespace Portal.Leaving;

/// <summary>Names the texts of export and closing. They stand beside this file; the neutral one is English.</summary>
public sealed class LeavingTexts;
