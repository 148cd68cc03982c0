using System.Text.RegularExpressions;
using Sandbox.Api;
using Sandbox.Messaging;

namespace Sandbox.RichMenus;

/// <summary><c>/v2/bot/richmenu/alias</c>: names that switch actions use. A new target holds at once; at LINE the old one may be cached for a while.</summary>
internal sealed partial class RichMenuAliases(RichMenuBook book)
{
    public static bool IsAliasId(string text) => Shape().IsMatch(text);

    public LineAnswer Create(ApiCall call)
    {
        var check = new BodyCheck();
        var aliasId = check.Text(call.BodyOrEmpty, "", "richMenuAliasId", RichMenuRules.AliasLengthMax);
        var menuId = check.Text(call.BodyOrEmpty, "", "richMenuId", 100);
        if (aliasId is not null && !IsAliasId(aliasId))
            check.Add("richMenuAliasId", "invalid property");
        if ((check.Refusal ?? Unfit(call, menuId!)) is { } refusal)
            return refusal;
        if (book.FindAlias(call.Channel.Id, call.Account.BotId, aliasId!) is not null)
            return LineErrors.AliasConflict;
        if (book.CountAliases(call.Account.BotId) >= RichMenuBook.PerAccountMax)
            return LineErrors.TooManyAliases;

        book.SaveAlias(new RichMenuAlias(call.Channel.Id, call.Account.BotId, aliasId!, menuId!));
        return LineAnswer.Empty;
    }

    public LineAnswer Update(ApiCall call)
    {
        if (Named(call) is not { } alias)
            return LineErrors.AliasNotFound;

        var check = new BodyCheck();
        var menuId = check.Text(call.BodyOrEmpty, "", "richMenuId", 100);
        if ((check.Refusal ?? Unfit(call, menuId!)) is { } refusal)
            return refusal;

        book.SaveAlias(alias with { RichMenuId = menuId! });
        return LineAnswer.Empty;
    }

    public LineAnswer Get(ApiCall call) => Named(call) is { } alias ? LineAnswer.Ok(alias.View()) : LineErrors.AliasNotFound;

    public LineAnswer List(ApiCall call) => LineAnswer.Ok(new { aliases = book.AliasesOf(call.Channel, call.Account.BotId).Select(alias => alias.View()) });

    public LineAnswer Delete(ApiCall call)
    {
        if (Named(call) is not { } alias)
            return LineErrors.AliasNotFound;

        book.RemoveAlias(alias);
        return LineAnswer.Empty;
    }

    /// <summary>Why an alias cannot lead to this menu: it must be the channel's own, with an image.</summary>
    private LineAnswer? Unfit(ApiCall call, string menuId) =>
        !RichMenuLinks.IsMenuId(menuId) ? LineErrors.InvalidRichMenuId
        : book.Find(call.Channel, call.Account.BotId, menuId) is not { } menu ? LineErrors.RichMenuOfAliasNotFound
        : menu.HasImage ? null
        : LineErrors.RichMenuWithoutImage;

    private RichMenuAlias? Named(ApiCall call) => book.FindAlias(call.Channel.Id, call.Account.BotId, call.Route("richMenuAliasId"));

    [GeneratedRegex(@"\A[a-z0-9_-]{1,32}\z")]
    private static partial Regex Shape();
}
