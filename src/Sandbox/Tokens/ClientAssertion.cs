using Line;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Tokens;

/// <summary>Checks the JWT by which a channel proves itself without its secret: a registered key, LINE's claims, LINE's errors.</summary>
internal sealed class ClientAssertion(ChannelDirectory channels, TimeProvider clock)
{
    /// <summary>The lifetime that it asks for is none, or beyond LINE's bounds.</summary>
    public static readonly LineAnswer InvalidTokenLifetime = LineAnswer.OAuthError(400, "invalid_client", "Invalid token_exp");

    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <returns>The channel and its wish for the token's lifetime (null: none said), or the refusal.</returns>
    public (LineAnswer? Refusal, Channel? Channel, TimeSpan? TokenLifetime) Check(string? type, string? jwt)
    {
        if (type != Type)
            return Refused("invalid_client", "Invalid 'client_assertion_type'.");
        if (!ChannelAssertion.TryRead(jwt, out var assertion))
            return Refused("invalid_client", "Invalid client_assertion");

        var channel = channels.All().FirstOrDefault(candidate => candidate.Keys.Any(key => key.Kid == assertion.KeyId));
        if (channel is null || !AssertionKey.TryRead(channel.Keys.First(key => key.Kid == assertion.KeyId).Jwk, out var key, out _))
            return (LineAnswer.Error(404, "Cannot find channel key that satisfies the conditions"), null, null);
        if (assertion.Issuer != channel.Id)
            return Refused("invalid_client", "iss and clientId of key do not match");

        return assertion.Check(key, ChannelAssertion.LineAudience, clock.GetUtcNow()) switch
        {
            AssertionFault.None when assertion is { NamesTokenLifetime: true, TokenLifetime: null } => (InvalidTokenLifetime, null, null),
            AssertionFault.None => (null, channel, assertion.TokenLifetime),
            AssertionFault.SubjectDiffers => Refused("invalid_client", "iss and clientId of key do not match"),
            AssertionFault.AudienceWrong => Refused("invalid_client", "Invalid aud"),
            AssertionFault.Expired or AssertionFault.LivesTooLong => Refused("invalid_client", "Invalid exp"),
            _ => Refused("invalid_client", "Invalid client_assertion"),
        };
    }

    private static (LineAnswer?, Channel?, TimeSpan?) Refused(string error, string description) => (LineAnswer.OAuthError(400, error, description), null, null);
}
