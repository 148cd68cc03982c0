namespace Line;

/// <summary>How LINE fared when it tried a webhook URL.</summary>
/// <param name="Succeeded">The server answered 2xx to a signed request without events.</param>
/// <param name="Status">The server's HTTP status; 0 or less when none came.</param>
/// <param name="Reason">LINE's word: <c>OK</c>, <c>COULD_NOT_CONNECT</c>, <c>REQUEST_TIMEOUT</c>, <c>ERROR_STATUS_CODE</c>, <c>UNCLASSIFIED</c>; an open set.</param>
/// <param name="Detail">LINE's detail of the reason.</param>
/// <param name="At">When LINE tried.</param>
public sealed record WebhookTest(bool Succeeded, int Status, string Reason, string? Detail, DateTimeOffset? At = null);
