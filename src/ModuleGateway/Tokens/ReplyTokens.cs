using System.Buffers.Binary;
using System.Text;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>What a reply token of ours says: whose it is, where and since when it may speak, and LINE's own token.</summary>
/// <param name="IdGeneration">The linkage's when the token was given: once its ids are erased, the token is dead.</param>
internal sealed record ReplyGrant(long EventSeq, LinkageId Linkage, int IdGeneration, ChatKey Chat, long Epoch, string LineToken);

/// <summary>Reply tokens of the gateway's own: sealed, so that nothing is kept until one is used.</summary>
/// <remarks>The same event and linkage give the same token each time, so that retries carry it unchanged.</remarks>
internal sealed class ReplyTokens(Vault vault)
{
    private const int HeadBytes = 8 + 16 + 8 + 16 + 1 + 16 + 4;

    /// <param name="keyVersion">The master key's, that of the event: a retry after a rotation carries the same token.</param>
    public string Seal(ReplyGrant grant, byte keyVersion)
    {
        var plain = new byte[HeadBytes + Encoding.UTF8.GetByteCount(grant.LineToken)];
        var span = plain.AsSpan();
        BinaryPrimitives.WriteInt64BigEndian(span, grant.EventSeq);
        grant.Linkage.Value.TryWriteBytes(span[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(span[24..], grant.Epoch);
        BinaryPrimitives.WriteUInt128BigEndian(span[32..], grant.Chat.Bot.Bits);
        span[48] = (byte)grant.Chat.Kind;
        BinaryPrimitives.WriteUInt128BigEndian(span[49..], grant.Chat.Id);
        BinaryPrimitives.WriteInt32BigEndian(span[65..], grant.IdGeneration);
        Encoding.UTF8.GetBytes(grant.LineToken, span[HeadBytes..]);
        return vault.ReplyTokens.SealAsToken(plain, keyVersion);
    }

    /// <summary>Null when this is no token of ours.</summary>
    public ReplyGrant? Open(string token)
    {
        if (vault.ReplyTokens.OpenToken(token) is not { Length: > HeadBytes } plain)
            return null;

        var span = plain.AsSpan();
        return new ReplyGrant(
            BinaryPrimitives.ReadInt64BigEndian(span),
            new LinkageId(new Guid(span.Slice(8, 16), bigEndian: true)),
            BinaryPrimitives.ReadInt32BigEndian(span[65..]),
            new ChatKey(BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(span[32..])), (IdKind)span[48], BinaryPrimitives.ReadUInt128BigEndian(span[49..])),
            BinaryPrimitives.ReadInt64BigEndian(span[24..]),
            Encoding.UTF8.GetString(span[HeadBytes..]));
    }
}
