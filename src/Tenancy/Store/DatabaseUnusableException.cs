namespace Tenancy;

/// <summary>The configured database cannot be reached, or is none: the message is one sentence for whoever starts the process, without secrets.</summary>
public sealed class DatabaseUnusableException(string message, Exception cause) : Exception(message, cause);
