using System.Text.Json;
using Line;
using Sandbox.Channels;

namespace Sandbox.RichMenus;

/// <summary>One rich menu. It cannot be changed; only its image comes later, once.</summary>
/// <param name="Id">"richmenu-" and 32 lower-case hex digits.</param>
/// <param name="ChannelId">Who made it; for a module channel, on this account.</param>
/// <param name="Body">As it was created: size, selected, name, chatBarText, areas.</param>
internal sealed record RichMenu(string Id, ChannelId ChannelId, BotId BotId, JsonElement Body, DateTimeOffset CreatedAt, bool HasImage = false)
{
    public JsonElement Size => Body.GetProperty("size");

    public bool IsSelected => Body.GetProperty("selected").GetBoolean();

    public string Name => Body.GetProperty("name").GetString()!;

    public string ChatBarText => Body.GetProperty("chatBarText").GetString()!;

    public JsonElement Areas => Body.GetProperty("areas");

    public bool BelongsTo(Channel channel, BotId botId) => ChannelId == channel.Id && BotId == botId;

    /// <summary>As LINE's answers show it.</summary>
    public object View() => new { richMenuId = Id, size = Size, selected = IsSelected, name = Name, chatBarText = ChatBarText, areas = Areas };
}
