using Line;

namespace Sandbox.Modules;

/// <summary>A module channel attached to an Official Account, with the permissions that a manager granted.</summary>
internal sealed record Linkage(ChannelId ChannelId, BotId BotId, IReadOnlyList<string> Scopes, DateTimeOffset AttachedAt)
{
    public bool Grants(string scope) => Scopes.Contains(scope, StringComparer.Ordinal);
}
