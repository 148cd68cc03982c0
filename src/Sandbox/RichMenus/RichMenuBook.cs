using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.RichMenus;

/// <summary>All rich menus with their aliases, the default of each account, and who was given which.</summary>
/// <remarks>
/// Menus and aliases belong to the channel that made them (a module channel: on that account). The default and a person's own menu are one each,
/// whoever set them: a menu that one channel links hides the other's. Thread-safe: one lock; records are immutable.
/// </remarks>
internal sealed class RichMenuBook : IAccountData
{
    /// <summary>Menus, and aliases, that one account may have, of all channels together.</summary>
    public const int PerAccountMax = 1000;

    private const string MenuKind = "richMenu";
    private const string AliasKind = "richMenuAlias";
    private const string DefaultKind = "richMenuDefault";
    private const string LinkKind = "richMenuLink";
    private readonly DocumentStore _store;
    private readonly ChatFeed _feed;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RichMenu> _menus;
    private readonly Dictionary<(ChannelId, BotId, string), RichMenuAlias> _aliases;
    private readonly Dictionary<BotId, string> _defaults;
    private readonly Dictionary<ChatKey, string> _links;

    public RichMenuBook(DocumentStore store, ChatFeed feed)
    {
        _store = store;
        _feed = feed;
        _menus = store.All<RichMenu>(MenuKind).ToDictionary(menu => menu.Id, StringComparer.Ordinal);
        _aliases = store.All<RichMenuAlias>(AliasKind).ToDictionary(alias => (alias.ChannelId, alias.BotId, alias.AliasId));
        _defaults = store.All<DefaultMenu>(DefaultKind).ToDictionary(one => one.BotId, one => one.RichMenuId);
        _links = store.All<LinkedMenu>(LinkKind).ToDictionary(one => one.Key, one => one.RichMenuId);
    }

    /// <summary>What a person sees under the chat: their own menu if they are a friend, else the account's default; null: none.</summary>
    public RichMenu? MenuOf(ChatKey key, Friendship friendship)
    {
        lock (_lock)
        {
            return friendship == Friendship.Friend && LinkedTo(key) is { } own ? own
                : friendship != Friendship.Blocked && _defaults.TryGetValue(key.BotId, out var id) ? _menus.GetValueOrDefault(id)
                : null;
        }
    }

    /// <summary>A menu's image; null when none was uploaded.</summary>
    public StoredContent? ImageOf(RichMenu menu) => menu.HasImage ? _store.FindContent(menu.Id) : null;

    /// <summary>A menu of this id, whoever made it; null: there is none.</summary>
    public RichMenu? Find(string id)
    {
        lock (_lock)
            return _menus.GetValueOrDefault(id);
    }

    /// <summary>The channel's own menu of this id on this account; null: for the channel there is none.</summary>
    public RichMenu? Find(Channel channel, BotId botId, string id) => Find(id) is { } menu && menu.BelongsTo(channel, botId) ? menu : null;

    /// <summary>The channel's menus on this account, oldest first.</summary>
    public IReadOnlyList<RichMenu> Of(Channel channel, BotId botId)
    {
        lock (_lock)
            return [.. _menus.Values.Where(menu => menu.BelongsTo(channel, botId)).OrderBy(menu => menu.CreatedAt)];
    }

    /// <summary>Keeps a new menu; false when the account has as many as it may.</summary>
    public bool TryAdd(RichMenu menu)
    {
        lock (_lock)
        {
            if (_menus.Values.Count(one => one.BotId == menu.BotId) >= PerAccountMax)
                return false;

            Save(menu);
            return true;
        }
    }

    /// <summary>Gives a menu its image; false when it has one, or is gone.</summary>
    public bool TrySetImage(RichMenu menu, StoredContent image)
    {
        lock (_lock)
        {
            if (_menus.GetValueOrDefault(menu.Id) is not { HasImage: false } current)
                return false;

            _store.PutContent(menu.Id, image);
            Save(current with { HasImage = true });
            return true;
        }
    }

    /// <summary>Deletes a menu. Who had it has none of their own any more; aliases of it stay and lead nowhere.</summary>
    public void Remove(RichMenu menu)
    {
        lock (_lock)
        {
            _menus.Remove(menu.Id);
            _store.Delete(MenuKind, menu.Id);
            _store.DeleteContent(menu.Id);
            if (_defaults.GetValueOrDefault(menu.BotId) == menu.Id)
                ClearDefault(menu.BotId);
            foreach (var key in LinkedWith(menu.Id))
                Unlink(key);
        }
    }

    /// <summary>The account's default menu, whoever set it; null: none.</summary>
    public RichMenu? DefaultOf(BotId botId)
    {
        lock (_lock)
            return _defaults.TryGetValue(botId, out var id) ? _menus.GetValueOrDefault(id) : null;
    }

    public void SetDefault(RichMenu menu)
    {
        lock (_lock)
        {
            _defaults[menu.BotId] = menu.Id;
            _store.Put(DefaultKind, menu.BotId.ToString(), new DefaultMenu(menu.BotId, menu.Id));
        }
    }

    public void ClearDefault(BotId botId)
    {
        lock (_lock)
        {
            _defaults.Remove(botId);
            _store.Delete(DefaultKind, botId.ToString());
        }
    }

    /// <summary>The person's own menu, whoever linked it; null: none.</summary>
    public RichMenu? LinkedTo(ChatKey key)
    {
        lock (_lock)
            return _links.TryGetValue(key, out var id) ? _menus.GetValueOrDefault(id) : null;
    }

    /// <summary>Gives a person a menu of their own, and tells the phone if it shows the chat.</summary>
    public void Link(ChatKey key, RichMenu menu)
    {
        lock (_lock)
        {
            _links[key] = menu.Id;
            _store.Put(LinkKind, key.ToString(), new LinkedMenu(key, menu.Id));
        }

        _feed.RichMenu(key);
    }

    public void Unlink(ChatKey key)
    {
        lock (_lock)
        {
            if (!_links.Remove(key))
                return;
            _store.Delete(LinkKind, key.ToString());
        }

        _feed.RichMenu(key);
    }

    /// <summary>Changes the menus of all who have one of this channel's, in one go: each is judged by what it was before.</summary>
    /// <param name="change">From a menu's id to the new one, or to null for none; ids that it does not name stay.</param>
    public void Relink(Channel channel, BotId botId, IReadOnlyDictionary<string, string?> change)
    {
        lock (_lock)
        {
            foreach (var (key, id) in _links.Where(link => link.Key.BotId == botId && change.ContainsKey(link.Value)).ToList())
            {
                if (change[id] is not { } next)
                    Unlink(key);
                else if (Find(channel, botId, next) is { } menu)
                    Link(key, menu);
            }
        }
    }

    /// <summary>The menu that an alias of this channel leads to; null: there is no such alias.</summary>
    public RichMenuAlias? FindAlias(ChannelId channelId, BotId botId, string aliasId)
    {
        lock (_lock)
            return _aliases.GetValueOrDefault((channelId, botId, aliasId));
    }

    public IReadOnlyList<RichMenuAlias> AliasesOf(Channel channel, BotId botId)
    {
        lock (_lock)
            return [.. _aliases.Values.Where(alias => alias.ChannelId == channel.Id && alias.BotId == botId).OrderBy(alias => alias.AliasId, StringComparer.Ordinal)];
    }

    public int CountAliases(BotId botId)
    {
        lock (_lock)
            return _aliases.Values.Count(alias => alias.BotId == botId);
    }

    public void SaveAlias(RichMenuAlias alias)
    {
        lock (_lock)
        {
            _aliases[(alias.ChannelId, alias.BotId, alias.AliasId)] = alias;
            _store.Put(AliasKind, Key(alias), alias);
        }
    }

    public void RemoveAlias(RichMenuAlias alias)
    {
        lock (_lock)
        {
            _aliases.Remove((alias.ChannelId, alias.BotId, alias.AliasId));
            _store.Delete(AliasKind, Key(alias));
        }
    }

    /// <summary>A tap on a switch: the person's own menu becomes the one behind the alias.</summary>
    /// <param name="from">The menu that was tapped: its channel's aliases count.</param>
    /// <returns><c>status</c> of the postback's params: SUCCESS, RICHMENU_ALIAS_ID_NOTFOUND, RICHMENU_NOTFOUND. Source: reference, "Postback params object for rich menu switch action".</returns>
    public string Switch(ChatKey key, RichMenu from, string aliasId)
    {
        lock (_lock)
        {
            if (FindAlias(from.ChannelId, from.BotId, aliasId) is not { } alias)
                return "RICHMENU_ALIAS_ID_NOTFOUND";
            if (_menus.GetValueOrDefault(alias.RichMenuId) is not { } menu)
                return "RICHMENU_NOTFOUND";

            Link(key, menu);
            return "SUCCESS";
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var menu in _menus.Values.Where(menu => menu.BotId == botId).ToList())
                Remove(menu);
            foreach (var alias in _aliases.Values.Where(alias => alias.BotId == botId).ToList())
                RemoveAlias(alias);
        }
    }

    private List<ChatKey> LinkedWith(string menuId) => [.. _links.Where(link => link.Value == menuId).Select(link => link.Key)];

    private void Save(RichMenu menu)
    {
        _menus[menu.Id] = menu;
        _store.Put(MenuKind, menu.Id, menu);
    }

    private static string Key(RichMenuAlias alias) => $"{alias.ChannelId}|{alias.BotId}|{alias.AliasId}";

    private sealed record DefaultMenu(BotId BotId, string RichMenuId);

    private sealed record LinkedMenu(ChatKey Key, string RichMenuId);
}
