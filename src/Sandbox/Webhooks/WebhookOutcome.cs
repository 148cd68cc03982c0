namespace Sandbox.Webhooks;

/// <summary>How one attempt ended.</summary>
/// <param name="Status">The receiver's answer; null: none came.</param>
/// <param name="Reason">As LINE's error statistics name it: could_not_connect, request_timeout, error_status_code, unclassified; ours: dropped. Null: success.</param>
/// <param name="Detail">LINE's detail of the reason.</param>
internal sealed record WebhookOutcome(int? Status, string? Reason, string? Detail, long Millis)
{
    public bool IsSuccess => Reason is null;
}
