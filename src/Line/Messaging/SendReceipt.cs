namespace Line;

/// <summary>LINE accepted a send. People who blocked the account, or are no friends, do not get it all the same.</summary>
/// <param name="Messages">In the request's order; empty where LINE does not list them (multicast).</param>
/// <param name="RequestId">LINE's id of the call that was accepted.</param>
/// <param name="WasAcceptedBefore">The retry key was accepted already by an earlier call: this one sent nothing.</param>
public sealed record SendReceipt(IReadOnlyList<SentMessage> Messages, string? RequestId, bool WasAcceptedBefore);
