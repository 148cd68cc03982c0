namespace Portal.Audit;

/// <summary>Names the texts of the audit log. They stand beside this file; the neutral one is English.</summary>
public sealed class AuditTexts;
