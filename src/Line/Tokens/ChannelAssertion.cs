using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>The signed statement by which a channel proves itself without sending its secret: a JWT, RS256.</summary>
/// <remarks>
/// A client calls <see cref="Create"/>. A server calls <see cref="TryRead"/>, looks up the channel's key by <see cref="KeyId"/>, then
/// <see cref="Check"/>: nothing read from it is to be trusted before that says <see cref="AssertionFault.None"/>.
/// Source: LINE, "Generate JSON Web Token".
/// </remarks>
public sealed class ChannelAssertion
{
    /// <summary>Whom an assertion for LINE is addressed to.</summary>
    public const string LineAudience = "https://api.line.me/";

    private const int CharsMax = 8192; // A real one has some 600; the bound keeps hostile ones cheap.
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly JsonElement _payload;

    private ChannelAssertion(ChannelId issuer, string keyId, JsonElement payload, byte[] signed, byte[] signature)
    {
        Issuer = issuer;
        KeyId = keyId;
        _payload = payload;
        _signed = signed;
        _signature = signature;
    }

    /// <summary>Longest time an assertion may be good: LINE's 30 minutes.</summary>
    public static TimeSpan LifetimeMax { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest life of a v2.1 token: LINE's 30 days.</summary>
    public static TimeSpan TokenLifetimeMax { get; } = TimeSpan.FromDays(30);

    /// <summary>The channel that it claims to be from.</summary>
    public ChannelId Issuer { get; }

    /// <summary>The key that it claims to be signed with.</summary>
    public string KeyId { get; }

    /// <summary>The token lifetime it asks for; null when it asks for none, or for one that is not 1 s to 30 days.</summary>
    public TimeSpan? TokenLifetime =>
        _payload.Long("token_exp") is { } seconds and > 0 && seconds <= TokenLifetimeMax.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Whether it bears a <c>token_exp</c>, good or not.</summary>
    public bool NamesTokenLifetime => _payload.TryGetProperty("token_exp", out _);

    /// <summary>Makes an assertion.</summary>
    /// <param name="channel">The channel it speaks for.</param>
    /// <param name="keyId">The id that the console gave to the public key.</param>
    /// <param name="privateKey">RSA, 2048 bits.</param>
    /// <param name="now">The assertion is good for 30 minutes from here.</param>
    /// <param name="tokenLifetime">For v2.1 tokens: 1 s to 30 days. Null for stateless ones.</param>
    /// <param name="audience">Whom it is for.</param>
    public static string Create(
        ChannelId channel, string keyId, RSA privateKey, DateTimeOffset now, TimeSpan? tokenLifetime = null, string audience = LineAudience)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(privateKey);
        if (tokenLifetime is { } asked && (asked < TimeSpan.FromSeconds(1) || asked > TokenLifetimeMax))
            throw new ArgumentOutOfRangeException(nameof(tokenLifetime), asked, "A token lives 1 second to 30 days.");

        var header = LineJson.ToBytes(writer =>
        {
            writer.WriteString("alg"u8, "RS256"u8);
            writer.WriteString("typ"u8, "JWT"u8);
            writer.WriteString("kid"u8, keyId);
        });
        var payload = LineJson.ToBytes(writer =>
        {
            writer.WriteString("iss"u8, channel.ToString());
            writer.WriteString("sub"u8, channel.ToString());
            writer.WriteString("aud"u8, audience);
            writer.WriteNumber("exp"u8, (now + LifetimeMax).ToUnixTimeSeconds());
            if (tokenLifetime is { } lifetime)
                writer.WriteNumber("token_exp"u8, (long)lifetime.TotalSeconds);
        });

        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = privateKey.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Reads what an assertion claims; false when it is no RS256 JWT with issuer and key id.</summary>
    public static bool TryRead(string? jwt, [NotNullWhen(true)] out ChannelAssertion? assertion)
    {
        assertion = null;
        if (jwt is not { Length: <= CharsMax } || jwt.Split('.') is not [var head, var body, var mac]
            || Decode(head) is not { } headBytes || Decode(body) is not { } bodyBytes || Decode(mac) is not { } signature
            || Json(headBytes) is not { } header || Json(bodyBytes) is not { } payload)
        {
            return false;
        }

        // RS256 and nothing else: "none" and HS256 (whose key would be the public key's text) are the classic ways in.
        if (header.Text("alg") != "RS256" || header.Text("kid") is not { Length: > 0 } keyId || payload.Id<ChannelId>("iss") is not { } issuer)
            return false;

        assertion = new ChannelAssertion(issuer, keyId, payload, Encoding.ASCII.GetBytes($"{head}.{body}"), signature);
        return true;
    }

    /// <summary>Checks signature, subject, audience and time.</summary>
    public AssertionFault Check(AssertionKey key, string audience, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.Verifies(_signed, _signature))
            return AssertionFault.SignatureWrong;

        if (_payload.Text("sub") != Issuer.ToString())
            return AssertionFault.SubjectDiffers;

        if (_payload.Text("aud") != audience)
            return AssertionFault.AudienceWrong;

        if (_payload.Long("exp") is not { } expiry || expiry <= now.ToUnixTimeSeconds())
            return AssertionFault.Expired;

        return expiry > (now + LifetimeMax).ToUnixTimeSeconds() ? AssertionFault.LivesTooLong : AssertionFault.None;
    }

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static JsonElement? Json(byte[] utf8)
    {
        // All that these claims may hold is ASCII. An escaped half of a character in a property's name would throw where it is looked up.
        if (!Ascii.IsValid(utf8) || utf8.AsSpan().IndexOf("\\u"u8) >= 0)
            return null;

        try
        {
            var reader = new Utf8JsonReader(utf8);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException) // A stranger's text: no JSON is an answer here.
        {
            return null;
        }
    }
}
