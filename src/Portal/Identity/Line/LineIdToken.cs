using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Identity;

/// <summary>What LINE says of its user in an ID token.</summary>
/// <param name="Subject">The user id that LINE shows to our provider. It is never held against ids from webhooks: those are of another kind.</param>
/// <param name="Email">As LINE has it; LINE does not say that it was proved.</param>
/// <remarks>Source: LINE Login v2.1, "Get profile information from ID tokens". Web logins are signed with HS256 by the channel secret.</remarks>
internal sealed record LineIdToken(string Subject, string? Name, string? Email)
{
    private const string Issuer = "https://access.line.me";
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    /// <returns>Null when signature, algorithm, issuer, audience, time or nonce is not as it must be.</returns>
    public static LineIdToken? Read(string? token, string channelId, string channelSecret, string nonce, DateTimeOffset now)
    {
        if (token?.Split('.') is not [var head, var body, var signature])
            return null;

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(head));
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(channelSecret), Encoding.ASCII.GetBytes($"{head}.{body}"));
            if (Text(header.RootElement, "alg") != "HS256" || !CryptographicOperations.FixedTimeEquals(expected, Base64Url.DecodeFromChars(signature)))
                return null;

            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
            var root = claims.RootElement;
            var isOurs = Text(root, "iss") == Issuer && Text(root, "aud") == channelId && Text(root, "nonce") == nonce
                && root.GetProperty("exp").GetInt64() > (now - Leeway).ToUnixTimeSeconds()
                && root.GetProperty("iat").GetInt64() < (now + Leeway).ToUnixTimeSeconds();
            return isOurs && Text(root, "sub") is { Length: > 0 and <= 64 } subject ? new LineIdToken(subject, Text(root, "name"), Text(root, "email")) : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
