namespace Portal.Operations;

/// <summary>Names the texts of the operator's rooms. They stand beside this file; the neutral one is English.</summary>
public sealed class OperationsTexts;
