namespace Portal.Identity;

/// <summary>Names the texts of signing in and of the account menu. They stand beside this file; the neutral one is English.</summary>
public sealed class IdentityTexts;
