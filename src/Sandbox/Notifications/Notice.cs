using System.Text.Json;
using Line;

namespace Sandbox.Notifications;

/// <summary>A notification message that waits for the person's word or SMS; after 24 hours it is dropped.</summary>
/// <param name="Tag">What its delivery event will say.</param>
internal sealed record Notice(string RequestId, ChannelId ChannelId, BotId BotId, string PersonId, string Tag, JsonElement Message, DateTimeOffset AcceptedAt)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}
