using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Chats;
using Sandbox.Http;
using Sandbox.Webhooks;

namespace Sandbox.Phone;

/// <summary>What an account hears of a person without a word from them: a beacon that they pass, a video that they saw to its end.</summary>
/// <remarks>Source: reference, "Beacon event", "Video viewing complete event". Who is near a beacon is kept in memory: it is nothing that lasts.</remarks>
internal sealed class PersonSignals(Acting acting, ChatBook chats, EventPublisher events)
{
    /// <summary>A beacon says at most so often that somebody is still there.</summary>
    public static readonly TimeSpan StayEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<ChatKey, DateTimeOffset> _lastNear = [];

    /// <summary>The account's one beacon here: 10 hex digits made from its Bot ID.</summary>
    public static string HardwareId(BotId botId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(botId.ToString())).AsSpan(0, 5));

    /// <param name="type">enter, banner or stay; there is no event for going away.</param>
    public PersonAct PassBeacon(Speaker speaker, string type) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (chat.Key.IsGroup)
            return new PersonAct(PersonRefusal.NotHere);
        if (type == "stay" && !MayStay(chat.Key, now))
            return new PersonAct(PersonRefusal.TooSoon);

        if (type != "banner")
        {
            lock (_lock)
                _lastNear[chat.Key] = now;
        }

        var beacon = new JsonObject { ["beacon"] = new JsonObject { ["hwid"] = HardwareId(chat.Key.BotId), ["type"] = type } };
        acting.Say(chat, person, "beacon", $"passed the beacon ({type})", now, Json.Element(beacon));
        events.ToChat(chat, person, "beacon", beacon, isReplyable: true, now);
        return PersonAct.Done;
    });

    /// <summary>Plays a video with a tracking id to its end.</summary>
    public PersonAct CompleteVideo(Speaker speaker, string trackingId) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (chat.Key.IsGroup)
            return new PersonAct(PersonRefusal.NotHere);
        if (!chats.Messages(chat.Key, after: 0).Any(message => message.From == "account" && message.Message.TryGetProperty("trackingId", out var id) && id.ValueEquals(trackingId)))
            return new PersonAct(PersonRefusal.NoSuchMessage);

        acting.Say(chat, person, "videoPlayComplete", "saw a video to its end", now, Json.Element(new { trackingId }));
        events.ToChat(chat, person, "videoPlayComplete", new JsonObject { ["videoPlayComplete"] = new JsonObject { ["trackingId"] = trackingId } }, isReplyable: true, now);
        return PersonAct.Done;
    });

    private bool MayStay(ChatKey key, DateTimeOffset now)
    {
        lock (_lock)
            return _lastNear.TryGetValue(key, out var near) && now - near >= StayEvery;
    }
}
