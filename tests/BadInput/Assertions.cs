using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Line;

namespace BadInput;

/// <summary>JWT assertions: a valid one, and the ways in that others have tried.</summary>
internal static class Assertions
{
    public static string Valid(Stage stage) => Sign(stage.Key, Head(), Claims(stage));

    /// <summary>Name and JWT; none of them is valid.</summary>
    public static IReadOnlyList<(string Name, Func<Stage, string> Make)> Tricks { get; } =
    [
        ("alg none", stage => $"{Part(With(Head(), "alg", "none"))}.{Part(Claims(stage))}."),
        ("alg NoNe, signed", stage => Sign(stage.Key, With(Head(), "alg", "NoNe"), Claims(stage))),
        ("HS256 with the public key", Symmetric),
        ("alg RS512", stage => Sign(stage.Key, With(Head(), "alg", "RS512"), Claims(stage), HashAlgorithmName.SHA512)),
        ("another key", stage => Foreign(Head(), Claims(stage))),
        ("embedded jwk", Embedded),
        ("jku", stage => Foreign(With(Head(), "jku", "https://attacker.example/keys"), Claims(stage))),
        ("no kid", stage => Sign(stage.Key, With(Head(), "kid", null), Claims(stage))),
        ("unknown kid", stage => Sign(stage.Key, With(Head(), "kid", "another-key"), Claims(stage))),
        ("kid is a path", stage => Sign(stage.Key, With(Head(), "kid", "../../../../dev/null"), Claims(stage))),
        ("kid is SQL", stage => Sign(stage.Key, With(Head(), "kid", "x' UNION SELECT 'key' --"), Claims(stage))),
        ("kid is an object", stage => Sign(stage.Key, With(Head(), "kid", new JsonObject { ["a"] = 1 }), Claims(stage))),
        ("no exp", stage => Sign(stage.Key, Head(), With(Claims(stage), "exp", null))),
        ("expired", stage => Sign(stage.Key, Head(), With(Claims(stage), "exp", Soon() - 1_000_000))),
        ("exp far away", stage => Sign(stage.Key, Head(), With(Claims(stage), "exp", Soon() + 10_000_000))),
        ("exp beyond numbers", stage => Sign(stage.Key, Head(), With(Claims(stage), "exp", JsonNode.Parse("1e400")))),
        ("exp is text", stage => Sign(stage.Key, Head(), With(Claims(stage), "exp", "9999999999"))),
        ("aud is a list", stage => Sign(stage.Key, Head(), With(Claims(stage), "aud", new JsonArray(ChannelAssertion.LineAudience)))),
        ("aud is somebody else", stage => Sign(stage.Key, Head(), With(Claims(stage), "aud", "https://attacker.example/"))),
        ("no aud", stage => Sign(stage.Key, Head(), With(Claims(stage), "aud", null))),
        ("iss is not sub", stage => Sign(stage.Key, Head(), With(Claims(stage), "sub", stage.Neighbour.Access.ChannelId))),
        ("another module's iss", stage => Sign(stage.Key, Head(), With(With(Claims(stage), "sub", stage.Neighbour.Access.ChannelId), "iss", stage.Neighbour.Access.ChannelId))),
        ("iss is a number", stage => Sign(stage.Key, Head(), With(Claims(stage), "iss", 12))),
        ("nested", stage => Sign(stage.Key, With(Head(), "cty", "JWT"), JsonValue.Create(Valid(stage)))),
        ("signed twice", stage => Valid(stage) + "." + Valid(stage).Split('.')[2]),
        ("signature cut", stage => Valid(stage)[..^8]),
        ("signature empty", stage => Valid(stage)[..(Valid(stage).LastIndexOf('.') + 1)]),
        ("claims changed", stage => $"{Part(Head())}.{Part(With(Claims(stage), "token_exp", 86_400))}.{Valid(stage).Split('.')[2]}"),
        ("huge", stage => Sign(stage.Key, Head(), With(Claims(stage), "note", new string('a', 200_000)))),
        ("deep", stage => $"{Part(Head())}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(new string('[', 5000)))}.{Valid(stage).Split('.')[2]}"),
        ("half a character", stage => Sign(stage.Key, Head(), "{\"iss\":\"\\ud800\",\"\\ud800\":1}"u8.ToArray())),
        ("not text", stage => Sign(stage.Key, Head(), [0xff, 0xfe, 0x00])),
        ("dots", _ => ".."),
        ("plain base64", stage => Valid(stage).Replace('-', '+').Replace('_', '/') + "=="),
    ];

    private static JsonObject Head() => new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = Stage.KeyId };

    private static JsonObject Claims(Stage stage) => new()
    {
        ["iss"] = stage.Caller.Access.ChannelId, ["sub"] = stage.Caller.Access.ChannelId, ["aud"] = ChannelAssertion.LineAudience, ["exp"] = Soon(), ["token_exp"] = 3600,
    };

    /// <summary>By the instance's clock, which <see cref="Stage"/> has moved.</summary>
    private static long Soon() => TimeProvider.System.GetUtcNow().AddMinutes(16 + 5 + 10).ToUnixTimeSeconds();

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        if (value is null)
            json.Remove(name);
        else
            json[name] = value;
        return json;
    }

    private static string Symmetric(Stage stage)
    {
        var signed = $"{Part(With(Head(), "alg", "HS256"))}.{Part(Claims(stage))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(stage.Key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Foreign(JsonObject head, JsonObject claims)
    {
        using var key = RSA.Create(2048);
        return Sign(key, head, claims);
    }

    private static string Embedded(Stage stage)
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(false);
        return Sign(key, With(Head(), "jwk", new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(numbers.Modulus!), ["e"] = Base64Url.EncodeToString(numbers.Exponent!) }), Claims(stage));
    }

    private static string Sign(RSA key, JsonObject head, JsonNode claims, HashAlgorithmName? hash = null) => Sign(key, head, Encoding.UTF8.GetBytes(claims.ToJsonString()), hash);

    private static string Sign(RSA key, JsonObject head, byte[] claims, HashAlgorithmName? hash = null)
    {
        var signed = $"{Part(head)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonNode json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
