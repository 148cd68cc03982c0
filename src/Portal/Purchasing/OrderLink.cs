using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Purchasing;

/// <summary>The signed link to an order that LINE's return carries: whoever holds it may read the order's state and nothing else.</summary>
public sealed class OrderLink(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int GuidBytes = 16;

    // Our own expiry, not the library's time-limited protector: that one asks the machine's clock, which no test can move.
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Purchasing.OrderLink.v1");

    /// <summary>A token for the query that is good until the order expires.</summary>
    public string Seal(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var plain = new byte[GuidBytes + sizeof(long)];
        order.Id.Value.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(GuidBytes), order.ExpiresAt.UtcTicks);
        return WebEncoders.Base64UrlEncode(_protector.Protect(plain));
    }

    /// <summary>The order that the token names; null when it is not ours, was changed, or has expired.</summary>
    public OrderId? Open(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;

        byte[] plain;
        try
        {
            plain = _protector.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }

        var expiry = BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(GuidBytes));
        return clock.GetUtcNow().UtcTicks < expiry ? new OrderId(new Guid(plain.AsSpan(0, GuidBytes))) : null;
    }
}
