namespace Portal.Gateway;

/// <summary>The gateway did not answer, or not as its contract says. Nothing was learned and, for a read, nothing was changed.</summary>
/// <remarks>Pages that can do without the gateway catch exactly this and say so; everywhere else it is an outage.</remarks>
public sealed class GatewayUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
