using Line;

namespace ModuleGateway.Linkages;

/// <summary>The bot's own id is common to all modules of its Official Account and never mapped.</summary>
internal static class BotName
{
    public static bool Is(ReadOnlySpan<byte> text, BotId bot) => BotId.TryParse(text, out var id) && id == bot;
}
