using System.Buffers.Binary;
using System.Text;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>What a mark-as-read token of ours says: whose it is, of which chat, and LINE's own token.</summary>
internal sealed record ReadGrant(LinkageId Linkage, int IdGeneration, ChatKey Chat, string LineToken);

/// <summary>Mark-as-read tokens of the gateway's own: LINE's would speak for any module, and would join what two of them see.</summary>
internal sealed class ReadTokens(Vault vault)
{
    private const int HeadBytes = 16 + 16 + 1 + 16 + 4;

    /// <param name="keyVersion">The master key's, that of the event: a retry after a rotation carries the same token.</param>
    public string Seal(ReadGrant grant, byte keyVersion)
    {
        var plain = new byte[HeadBytes + Encoding.UTF8.GetByteCount(grant.LineToken)];
        var span = plain.AsSpan();
        grant.Linkage.Value.TryWriteBytes(span, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(span[16..], grant.Chat.Bot.Bits);
        span[32] = (byte)grant.Chat.Kind;
        BinaryPrimitives.WriteUInt128BigEndian(span[33..], grant.Chat.Id);
        BinaryPrimitives.WriteInt32BigEndian(span[49..], grant.IdGeneration);
        Encoding.UTF8.GetBytes(grant.LineToken, span[HeadBytes..]);
        return vault.ReadTokens.SealAsToken(plain, keyVersion);
    }

    /// <summary>Null when this is no token of ours.</summary>
    public ReadGrant? Open(string token)
    {
        if (vault.ReadTokens.OpenToken(token) is not { Length: > HeadBytes } plain)
            return null;

        var span = plain.AsSpan();
        return new ReadGrant(
            new LinkageId(new Guid(span[..16], bigEndian: true)),
            BinaryPrimitives.ReadInt32BigEndian(span[49..]),
            new ChatKey(BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(span[16..])), (IdKind)span[32], BinaryPrimitives.ReadUInt128BigEndian(span[33..])),
            Encoding.UTF8.GetString(span[HeadBytes..]));
    }
}
