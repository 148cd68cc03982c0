using System.Text.Json;
using Line;
using Line.Webhooks;
using ModuleGateway.Linkages;

namespace ModuleGateway.Routing;

/// <summary>What routing reads from an event.</summary>
/// <param name="ModuleChange"><c>attached</c> or <c>detached</c> for a <c>module</c> event.</param>
/// <param name="At">LINE's timestamp of the occurrence.</param>
/// <param name="Reason">Why a bot was detached, where LINE says.</param>
/// <param name="Ids">Every user, group and room that the event names.</param>
internal sealed record EventFacts(
    string Type, ChannelMode Mode, bool IsRedelivery, DateTimeOffset? At, ChatKey? Chat, string? ModuleChange, IReadOnlyList<string> Scopes, string? Reason, IReadOnlyList<UpstreamId> Ids)
{
    public const string Attached = "attached";
    public const string Detached = "detached";
    private const long LatestMillis = 253_402_300_799_999; // The last millisecond of the year 9999.

    /// <summary>LINE's module-only events about the connection. Their mode is fixed and says nothing of control.</summary>
    public bool IsModuleEvent => Type is EventTypes.Module or EventTypes.BotSuspended or EventTypes.BotResumed;

    /// <summary>The chat's user, group or room as LINE wrote it; null when the event does not name it.</summary>
    public UpstreamId? IdOf(ChatKey chat)
    {
        foreach (var id in Ids)
        {
            if (id.Kind == chat.Kind && id.Bits == chat.Id)
                return id;
        }

        return null;
    }

    public static EventFacts Read(ReadOnlySpan<byte> body, BotId bot)
    {
        var scanned = ScannedEvent.Read(body);
        ChatKey? chat = ReadChat(scanned, bot);
        var ids = new List<UpstreamId>(2);
        EventIds.Collect(body, bot, ids);
        var (change, scopes, reason) = scanned.Type == EventTypes.Module ? ReadModule(body) : (null, [], null);
        return new EventFacts(
            scanned.Type, scanned.Mode, scanned.IsRedelivery,
            scanned.TimestampMs is >= 0 and <= LatestMillis and { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, chat, change, scopes, reason, ids);
    }

    private static ChatKey? ReadChat(ScannedEvent scanned, BotId bot)
    {
        IdKind? kind = scanned.SourceKind switch
        {
            SourceKind.User => IdKind.User,
            SourceKind.Group => IdKind.Group,
            SourceKind.Room => IdKind.Room,
            _ => null,
        };
        if (kind is not { } known || !scanned.ChatId.IsPresent || scanned.ChatId.Raw.IsEmpty)
            return null;

        var id = UpstreamId.Read(known, System.Text.Encoding.UTF8.GetBytes(scanned.ChatId.ToString()), bot);
        return new ChatKey(bot, known, id.Bits);
    }

    private static (string? Change, IReadOnlyList<string> Scopes, string? Reason) ReadModule(ReadOnlySpan<byte> body)
    {
        var change = (ModuleEvent)WebhookReader.ReadEvent(body);
        return (change.IsAttached ? Attached : change.IsDetached ? Detached : null, change.Scopes, change.Reason);
    }
}
