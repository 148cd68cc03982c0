using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tokens;

/// <summary>Whether a module is who it says: by channel secret, or by a JWT assertion made with a registered key.</summary>
internal sealed class ModuleCredentials(GatewayState state, StoreClock clock)
{
    /// <summary>LINE's sentence where no key is registered under the assertion's <c>kid</c>; it comes with a 404.</summary>
    public const string NoSuchKey = "Cannot find channel key that satisfies the conditions";

    /// <summary>Whether there is a module with this channel id. LINE tells it to whoever asks for a token.</summary>
    public bool Knows(string? clientId) => ChannelId.TryParse(clientId, null, out var channel) && state.Snapshot.Module(channel) is not null;

    /// <summary>The module with this channel id and secret; both secrets open while one is being replaced.</summary>
    public ModuleConfig? BySecret(string? clientId, string? clientSecret)
    {
        if (!ChannelId.TryParse(clientId, null, out var channel) || state.Snapshot.Module(channel) is not { } module || string.IsNullOrEmpty(clientSecret))
            return null;

        var given = Encoding.UTF8.GetBytes(clientSecret);
        var isCurrent = CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(module.Secret));
        var isPrevious = module.PreviousSecretAt(clock.GetUtcNow()) is { } previous && CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(previous));
        return isCurrent || isPrevious ? module : null;
    }

    /// <summary>The module that made this assertion; otherwise LINE's sentence on what is wrong.</summary>
    public (ModuleConfig? Module, ChannelAssertion? Assertion, string Problem) ByAssertion(string? jwt)
    {
        if (!ChannelAssertion.TryRead(jwt, out var assertion))
            return (null, null, "Invalid client_assertion");
        if (state.Snapshot.Module(assertion.Issuer) is not { } module || Key(module, assertion.KeyId) is not { } key)
            return (null, null, NoSuchKey);

        return assertion.Check(key, ChannelAssertion.LineAudience, clock.GetUtcNow()) switch
        {
            AssertionFault.None => (module, assertion, ""),
            AssertionFault.SubjectDiffers => (null, null, "iss and clientId of key do not match"),
            AssertionFault.Expired or AssertionFault.LivesTooLong => (null, null, "Invalid exp"),
            AssertionFault.AudienceWrong => (null, null, "Invalid aud"),
            _ => (null, null, "Invalid client_assertion"),
        };
    }

    /// <summary>The registered key with this id: the registry keeps a JSON Web Key Set, each key with the kid that registering gave it.</summary>
    private static AssertionKey? Key(ModuleConfig module, string keyId)
    {
        if (module.AssertionKeys is null)
            return null;

        var registered = JsonNode.Parse(module.AssertionKeys)?["keys"]?.AsArray().FirstOrDefault(key => key?["kid"]?.GetValue<string>() == keyId)?.AsObject();
        if (registered is null)
            return null;

        var bare = (JsonObject)registered.DeepClone();
        bare.Remove("kid");
        return AssertionKey.TryRead(JsonSerializer.SerializeToElement(bare), out var key, out _) ? key : null;
    }
}
