using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>One thing that happened at an Official Account.</summary>
/// <remarks>
/// Reading never fails on what LINE adds later: types unknown here are <see cref="UnknownEvent"/>, and <see cref="Raw"/> keeps every property.
/// The same event may come more than once: deduplicate by <see cref="Id"/>. The order is not guaranteed: sort by <see cref="OccurredAt"/>.
/// </remarks>
public abstract class WebhookEvent
{
    private protected WebhookEvent(JsonElement raw)
    {
        Raw = raw;
        Type = raw.Text("type") ?? "";
        Mode = raw.Text("mode") switch
        {
            "active" => ChannelMode.Active,
            "standby" => ChannelMode.Standby,
            _ => ChannelMode.Unknown,
        };
        OccurredAt = raw.Instant("timestamp");
        Id = raw.Id<WebhookEventId>("webhookEventId");
        IsRedelivery = raw.Object("deliveryContext")?.Flag("isRedelivery") ?? false;
        Source = raw.Object("source") is { } source ? new EventSource(source) : null;
        ReplyToken = raw.Id<ReplyToken>("replyToken");
    }

    /// <summary>The event as it came.</summary>
    public JsonElement Raw { get; }

    /// <summary>The type's name on the wire, see <see cref="EventTypes"/>.</summary>
    public string Type { get; }

    /// <summary>Whether this channel may answer.</summary>
    public ChannelMode Mode { get; }

    /// <summary>When it occurred, also on redelivery; null only where LINE broke its own contract.</summary>
    public DateTimeOffset? OccurredAt { get; }

    /// <summary>The event's id; null in old events.</summary>
    public WebhookEventId? Id { get; }

    /// <summary>Whether this is a later try of an event that was not answered with 2xx.</summary>
    public bool IsRedelivery { get; }

    /// <summary>Where it happened and who did it; null when it concerns the whole account.</summary>
    public EventSource? Source { get; }

    /// <summary>The right to reply, only for the active channel and only where the type allows replies.</summary>
    public ReplyToken? ReplyToken { get; }

    /// <summary>The chat; null without a source, or where the source is of an unknown kind.</summary>
    public ChatId? Chat => Source?.Chat;

    internal static WebhookEvent Read(JsonElement raw) => raw.Text("type") switch
    {
        EventTypes.Message => new MessageEvent(raw),
        EventTypes.MessageEdited => new MessageEditedEvent(raw),
        EventTypes.Unsend => new UnsendEvent(raw),
        EventTypes.Follow => new FollowEvent(raw),
        EventTypes.Unfollow => new UnfollowEvent(raw),
        EventTypes.Join => new JoinEvent(raw),
        EventTypes.Leave => new LeaveEvent(raw),
        EventTypes.MemberJoined => new MemberJoinedEvent(raw),
        EventTypes.MemberLeft => new MemberLeftEvent(raw),
        EventTypes.Postback => new PostbackEvent(raw),
        EventTypes.VideoPlayComplete => new VideoPlayCompleteEvent(raw),
        EventTypes.Beacon => new BeaconEvent(raw),
        EventTypes.AccountLink => new AccountLinkEvent(raw),
        EventTypes.Membership => new MembershipEvent(raw),
        EventTypes.Delivery => new DeliveryEvent(raw),
        EventTypes.Module => new ModuleEvent(raw),
        EventTypes.Activated => new ActivatedEvent(raw),
        EventTypes.Deactivated => new DeactivatedEvent(raw),
        EventTypes.BotSuspended => new BotSuspendedEvent(raw),
        EventTypes.BotResumed => new BotResumedEvent(raw),
        _ => new UnknownEvent(raw),
    };
}
