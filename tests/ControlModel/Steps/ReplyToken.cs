namespace ControlModel.Steps;

/// <summary>A reply token that came in a delivery.</summary>
/// <param name="Epoch">The epoch of the copy that bore it.</param>
/// <param name="ReceivedAt">When the gateway got the event from LINE, in milliseconds of the store's time.</param>
public sealed record ReplyToken(int Id, int Linkage, int Chat, long Epoch, long ReceivedAt);
