using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Chats;
using Sandbox.Phone;
using Sandbox.Statistics;

namespace Sandbox.RichMenus;

/// <summary>A person's rich menu for the phone's page, and taps on it. The image lies at <c>/phone/api/content/{richMenuId}</c>.</summary>
internal static class PhoneMenus
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var menus = routes.MapGroup("/phone/api/chats/{botId}/{personId}/richmenu");
        menus.MapGet("", Show);
        menus.MapPost("/tap", Tap);
    }

    private static IResult Show(BotId botId, string personId, RichMenuBook book, ChatBook chats, RichMenuStatistics statistics)
    {
        if (Shown(book, chats, new ChatKey(botId, personId)) is not { } menu)
            return Results.NoContent();

        statistics.Count(botId, menu.Id, personId, area: null);
        return Results.Ok(new { RichMenuId = menu.Id, menu.Size, menu.ChatBarText, Selected = menu.IsSelected, menu.Areas, ImageUrl = $"/phone/api/content/{menu.Id}" });
    }

    /// <summary>A tap on an area. A switch is done here; with every other action the page does what it does for a button with it.</summary>
    private static IResult Tap(BotId botId, string personId, TapRequest body, RichMenuBook book, ChatBook chats, RichMenuStatistics statistics, PersonActions person)
    {
        var key = new ChatKey(botId, personId);
        if (Shown(book, chats, key) is not { } menu || menu.Id != body.RichMenuId || body.Area is not { } area || area < 0 || area >= menu.Areas.GetArrayLength())
            return Results.Json(new { Code = "stale", Message = "The menu has changed." }, statusCode: 409);

        statistics.Count(botId, menu.Id, personId, area);
        var action = menu.Areas[area].GetProperty("action");
        if (action.GetProperty("type").ValueEquals("richmenuswitch"))
            person.Postback(Speaker.In(key, personId: null), action.GetProperty("data").GetString()!, displayText: null, Switched(book, key, menu, action.GetProperty("richMenuAliasId").GetString()!));
        return Results.Ok(new { Action = action });
    }

    private static JsonObject Switched(RichMenuBook book, ChatKey key, RichMenu menu, string aliasId)
    {
        var status = book.Switch(key, menu, aliasId);
        return status == "SUCCESS" ? new JsonObject { ["newRichMenuAliasId"] = aliasId, ["status"] = status } : new JsonObject { ["status"] = status };
    }

    private static RichMenu? Shown(RichMenuBook book, ChatBook chats, ChatKey key) => book.MenuOf(key, chats.Read(key).Friendship);

    private sealed record TapRequest(string? RichMenuId, int? Area);
}
