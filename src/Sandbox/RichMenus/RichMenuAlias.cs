using Line;

namespace Sandbox.RichMenus;

/// <summary>A name of a channel's own for one of its menus on one account; it may outlive the menu.</summary>
internal sealed record RichMenuAlias(ChannelId ChannelId, BotId BotId, string AliasId, string RichMenuId)
{
    public object View() => new { richMenuAliasId = AliasId, richMenuId = RichMenuId };
}
