using System.Buffers.Binary;
using System.Text;
using Line;
using ModuleGateway.Security;
using Tenancy;

namespace ModuleGateway.AccountLinks;

/// <summary>What a link token of ours says: who got it, until when it is good, and LINE's own token.</summary>
internal sealed record LinkGrant(LinkageId Linkage, int IdGeneration, BotId Bot, DateTimeOffset ExpiresAt, string LineToken);

/// <summary>Link tokens of the gateway's own: LINE's would send the browser past us, and nobody would know whose attempt it was.</summary>
internal sealed class LinkTokens(Vault vault)
{
    /// <summary>LINE's: 10 minutes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int HeadBytes = 16 + 4 + 16 + 8;

    public string Seal(LinkGrant grant)
    {
        var plain = new byte[HeadBytes + Encoding.UTF8.GetByteCount(grant.LineToken)];
        var span = plain.AsSpan();
        grant.Linkage.Value.TryWriteBytes(span, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(span[16..], grant.IdGeneration);
        BinaryPrimitives.WriteUInt128BigEndian(span[20..], grant.Bot.Bits);
        BinaryPrimitives.WriteInt64BigEndian(span[36..], grant.ExpiresAt.ToUnixTimeMilliseconds());
        Encoding.UTF8.GetBytes(grant.LineToken, span[HeadBytes..]);
        return vault.LinkTokens.SealAsToken(plain);
    }

    /// <summary>Null when this is no token of ours.</summary>
    public LinkGrant? Open(string token)
    {
        if (vault.LinkTokens.OpenToken(token) is not { Length: > HeadBytes } plain)
            return null;

        var span = plain.AsSpan();
        return new LinkGrant(
            new LinkageId(new Guid(span[..16], bigEndian: true)),
            BinaryPrimitives.ReadInt32BigEndian(span[16..]),
            BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(span[20..])),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(span[36..])),
            Encoding.UTF8.GetString(span[HeadBytes..]));
    }
}
