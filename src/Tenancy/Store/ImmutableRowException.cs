namespace Tenancy;

/// <summary>A row that never changes or never goes was about to: a bug in the caller, never a user's error.</summary>
public sealed class ImmutableRowException(string message) : Exception(message);
