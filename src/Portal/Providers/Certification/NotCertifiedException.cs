namespace Portal.Providers;

/// <summary>A listing was to enter the catalog whose provider may not publish: whoever publishes asks <see cref="Certification"/> first and says it to people.</summary>
public sealed class NotCertifiedException(string message) : Exception(message);
