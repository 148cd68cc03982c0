using System.Text.Json;
using Line;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Coupons;

/// <summary>One coupon, as it was created.</summary>
/// <param name="Id">26 characters.</param>
/// <param name="ChannelId">Who made it; for a module channel, on this account.</param>
/// <param name="Body">The request's properties.</param>
/// <param name="ClosedAt">Null: it runs.</param>
internal sealed record Coupon(string Id, ChannelId ChannelId, BotId BotId, JsonElement Body, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt = null)
{
    public string Status => ClosedAt is null ? "RUNNING" : "CLOSED";

    public bool BelongsTo(Channel channel, BotId botId) => ChannelId == channel.Id && BotId == botId;

    public object Summary() => new { couponId = Id, title = Body.GetProperty("title") };

    /// <summary>What a person is shown of it.</summary>
    public object Card() => new
    {
        Title = Body.GetProperty("title"),
        ImageUrl = Body.TryGetProperty("imageUrl", out var imageUrl) ? imageUrl : (JsonElement?)null,
        StartTimestamp = Body.GetProperty("startTimestamp"),
        EndTimestamp = Body.GetProperty("endTimestamp"),
        Timezone = Body.GetProperty("timezone"),
        IsClosed = ClosedAt is not null,
    };

    public object View()
    {
        var shown = Body.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value, StringComparer.Ordinal);
        shown["couponId"] = Id;
        shown["createdTimestamp"] = CreatedAt.ToUnixTimeSeconds();
        shown["status"] = Status;
        return shown;
    }
}
