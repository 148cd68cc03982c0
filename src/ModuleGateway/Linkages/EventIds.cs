using Line;

namespace ModuleGateway.Linkages;

/// <summary>Which users, groups and rooms an event names.</summary>
internal static class EventIds
{
    public static void Collect(ReadOnlySpan<byte> original, BotId bot, ICollection<UpstreamId> into)
    {
        var parts = new JsonParts(original, isEvent: true);
        while (parts.Next())
        {
            if (parts.Part == JsonPart.Id && !BotName.Is(parts.Value, bot))
                into.Add(UpstreamId.Read(parts.IdKind, parts.Value, bot));
        }
    }
}
