namespace Tenancy;

/// <summary>A row of another tenant was about to be written: a bug in the caller, never a user's error.</summary>
public sealed class TenantMismatchException(string message) : Exception(message);
