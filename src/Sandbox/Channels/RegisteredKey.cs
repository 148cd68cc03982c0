using System.Text.Json;

namespace Sandbox.Channels;

/// <summary>The public half of a channel's assertion signing key, as registered in LINE's console.</summary>
/// <param name="Kid">Given by the console.</param>
/// <param name="Jwk">Found right when it was registered.</param>
internal sealed record RegisteredKey(string Kid, JsonElement Jwk);
