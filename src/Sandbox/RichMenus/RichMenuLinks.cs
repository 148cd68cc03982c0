using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Messaging;

namespace Sandbox.RichMenus;

/// <summary>Who sees which menu: the account's default, one person's own, and up to 500 persons' at once.</summary>
/// <remarks>A link to somebody who is no friend is answered like any other and does nothing, as at LINE.</remarks>
internal sealed class RichMenuLinks(RichMenuBook book, ScopedIds ids, ChatBook chats)
{
    private const int UsersMax = 500;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public LineAnswer SetDefault(ApiCall call)
    {
        if (Named(call) is not { } menu)
            return LineErrors.NotFound;
        if (!menu.HasImage)
            return LineErrors.RichMenuWithoutImage;

        book.SetDefault(menu);
        return LineAnswer.Empty;
    }

    public LineAnswer GetDefault(ApiCall call) =>
        book.DefaultOf(call.Account.BotId) is not { } menu ? LineErrors.NoDefaultRichMenu
        : menu.BelongsTo(call.Channel, call.Account.BotId) ? LineAnswer.Ok(new { richMenuId = menu.Id })
        : LineErrors.RichMenuOfAnother;

    public LineAnswer ClearDefault(ApiCall call)
    {
        if (book.DefaultOf(call.Account.BotId) is { } menu && !menu.BelongsTo(call.Channel, call.Account.BotId))
            return LineErrors.RichMenuOfAnother;

        book.ClearDefault(call.Account.BotId);
        return LineAnswer.Empty;
    }

    public LineAnswer Link(ApiCall call)
    {
        if (!IsUserId(call, call.Route("userId")))
            return LineErrors.InvalidParameter("userId");
        if (Named(call) is not { } menu)
            return LineErrors.NotFound;
        if (!menu.HasImage)
            return LineErrors.RichMenuWithoutImage;

        LinkFriend(call, call.Route("userId"), menu);
        return LineAnswer.Empty;
    }

    /// <summary>The person's own menu, if this channel linked it: LINE's list of errors for this call knows no other channel's.</summary>
    public LineAnswer GetOfUser(ApiCall call)
    {
        if (!IsUserId(call, call.Route("userId")))
            return LineErrors.InvalidParameter("userId");

        return ChatOf(call, call.Route("userId")) is { } key && book.LinkedTo(key) is { } menu && menu.BelongsTo(call.Channel, call.Account.BotId)
            ? LineAnswer.Ok(new { richMenuId = menu.Id })
            : LineErrors.NoRichMenuOfUser;
    }

    public LineAnswer Unlink(ApiCall call)
    {
        if (!IsUserId(call, call.Route("userId")))
            return LineErrors.InvalidParameter("userId");

        UnlinkOwn(call, call.Route("userId"));
        return LineAnswer.Empty;
    }

    public LineAnswer BulkLink(ApiCall call)
    {
        var check = new BodyCheck();
        var menuId = check.Text(call.BodyOrEmpty, "", "richMenuId", 100);
        var users = Users(call, check, out var refusal);
        if (refusal is not null)
            return refusal;
        if (!IsMenuId(menuId!))
            return LineErrors.InvalidRichMenuId;
        if (book.Find(call.Channel, call.Account.BotId, menuId!) is not { } menu)
            return LineErrors.RichMenuNotFound;
        if (!menu.HasImage)
            return LineErrors.RichMenuWithoutImage;

        foreach (var user in users)
            LinkFriend(call, user, menu);
        return LineAnswer.Of(202, new { });
    }

    public LineAnswer BulkUnlink(ApiCall call)
    {
        var users = Users(call, new BodyCheck(), out var refusal);
        if (refusal is not null)
            return refusal;

        foreach (var user in users)
            UnlinkOwn(call, user);
        return LineAnswer.Of(202, new { });
    }

    /// <summary>Whether a text has the shape of a menu's id; there may still be none.</summary>
    public static bool IsMenuId(string text) =>
        text.StartsWith("richmenu-", StringComparison.Ordinal) && text.Length == 41 && !text.AsSpan(9).ContainsAnyExcept(LowerHex);

    private static List<string> Users(ApiCall call, BodyCheck check, out LineAnswer? refusal)
    {
        var users = new List<string>();
        var array = check.Array(call.BodyOrEmpty, "", "userIds", 1, UsersMax);
        refusal = check.Refusal;
        if (refusal is not null)
            return users;

        foreach (var (index, element) in array!.Value.EnumerateArray().Index())
        {
            if (element.ValueKind != JsonValueKind.String || !IsUserId(call, element.GetString()!))
            {
                refusal = LineErrors.InvalidProperty(string.Create(CultureInfo.InvariantCulture, $"userIds[{index}]"));
                return users;
            }

            users.Add(element.GetString()!);
        }

        return users;
    }

    private void LinkFriend(ApiCall call, string userId, RichMenu menu)
    {
        if (ChatOf(call, userId) is { } key && chats.Read(key).Friendship == Friendship.Friend)
            book.Link(key, menu);
    }

    /// <summary>Another channel's menu stays where it is.</summary>
    private void UnlinkOwn(ApiCall call, string userId)
    {
        if (ChatOf(call, userId) is { } key && book.LinkedTo(key) is { } menu && menu.BelongsTo(call.Channel, call.Account.BotId))
            book.Unlink(key);
    }

    private ChatKey? ChatOf(ApiCall call, string userId)
    {
        if (!ids.TryFind(call.Channel, call.Account.BotId, userId, out var person))
            return null;

        call.Person = person;
        call.ChatId = userId;
        return new ChatKey(call.Account.BotId, person.Id);
    }

    private static bool IsUserId(ApiCall call, string text) => ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, text);

    private RichMenu? Named(ApiCall call) => book.Find(call.Channel, call.Account.BotId, call.Route("richMenuId"));
}
