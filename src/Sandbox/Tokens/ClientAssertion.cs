using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Tokens;

/// <summary>Checks the JWT by which a channel proves itself without its secret: RS256, a registered key, LINE's claims.</summary>
internal sealed class ClientAssertion(ChannelDirectory channels, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string Audience = "https://api.line.me/";
    private static readonly TimeSpan LifetimeMax = TimeSpan.FromMinutes(30);

    /// <returns>The channel and its wish for the token's lifetime (null: none said), or the refusal.</returns>
    public (LineAnswer? Refusal, Channel? Channel, TimeSpan? TokenLifetime) Check(string? type, string? assertion)
    {
        if (type != Type || assertion?.Split('.') is not [var header64, var payload64, var signature64]
            || Object(header64) is not { } header || Object(payload64) is not { } payload || !Base64Url.IsValid(signature64) || Text(header, "alg") != "RS256")
        {
            return Refused("invalid_request", "Invalid client_assertion");
        }

        var kid = Text(header, "kid");
        var channel = channels.All().FirstOrDefault(candidate => candidate.Keys.Any(key => key.Kid == kid));
        if (channel is null)
            return (LineAnswer.Error(404, "Cannot find channel key that satisfies the conditions"), null, null);

        var signed = Encoding.ASCII.GetBytes($"{header64}.{payload64}");
        if (!channel.Keys.First(key => key.Kid == kid).Verifies(signed, Base64Url.DecodeFromChars(signature64)))
            return Refused("invalid_client", "Invalid signature");

        var channelId = channel.Id.ToString();
        if (Text(payload, "iss") != channelId || Text(payload, "sub") != channelId)
            return Refused("invalid_client", "iss and clientId of key do not match");
        if (Text(payload, "aud") != Audience)
            return Refused("invalid_client", "Invalid aud");

        var now = clock.GetUtcNow();
        if (Seconds(payload, "exp") is not { } ends || ends <= now.ToUnixTimeSeconds() || ends > (now + LifetimeMax).ToUnixTimeSeconds())
            return Refused("invalid_client", "Invalid exp");

        return Seconds(payload, "token_exp") switch
        {
            null when payload.TryGetProperty("token_exp", out _) => Refused("invalid_client", "Invalid token_exp"),
            null => (null, channel, null),
            var wish when wish is < 1 || wish > (long)AccessTokens.LifetimeMax.TotalSeconds => Refused("invalid_client", "Invalid token_exp"),
            var wish => (null, channel, TimeSpan.FromSeconds(wish.Value)),
        };
    }

    private static (LineAnswer?, Channel?, TimeSpan?) Refused(string error, string description) => (LineAnswer.OAuthError(400, error, description), null, null);

    private static JsonElement? Object(string part)
    {
        if (!Base64Url.IsValid(part))
            return null;

        try
        {
            var element = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));
            return element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            return null; // Not a JWT: refused by the caller.
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Seconds(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;
}
