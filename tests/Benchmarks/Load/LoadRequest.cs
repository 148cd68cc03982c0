namespace Benchmarks.Load;

/// <summary>One webhook request of one event, made and signed before the clock starts.</summary>
/// <param name="Account">Whose event it is.</param>
/// <param name="User">Whose chat: no two accounts share one.</param>
/// <param name="EventId">Its <c>webhookEventId</c>.</param>
/// <param name="Wire">The whole request as it goes over the wire.</param>
/// <param name="HeadBytes">How many bytes of it come before the body.</param>
/// <param name="IsForged">Signed with a secret that is not the channel's: to be refused, and never to be seen again.</param>
internal sealed record LoadRequest(int Account, int User, string EventId, byte[] Wire, int HeadBytes, bool IsForged)
{
    public ReadOnlyMemory<byte> Body => Wire.AsMemory(HeadBytes);
}
