using System.Net.Http.Headers;
using System.Text.Json;
using Sandbox.Api;
using Sandbox.Messaging;
using Sandbox.Store;

namespace Sandbox.RichMenus;

/// <summary><c>/v2/bot/richmenu</c>: makes, shows and deletes a channel's menus and their images.</summary>
internal sealed class RichMenuCalls(RichMenuBook book, TimeProvider clock)
{
    private const int ImageBytesMax = 1024 * 1024;

    public static LineAnswer Validate(ApiCall call) => Checked(call).Refusal ?? LineAnswer.Empty;

    public LineAnswer Create(ApiCall call)
    {
        if (Checked(call).Refusal is { } refusal)
            return refusal;

        var body = JsonSerializer.SerializeToElement(new Kept(
            call.Body.GetProperty("size"), call.Body.GetProperty("selected"), call.Body.GetProperty("name"), call.Body.GetProperty("chatBarText"), call.Body.GetProperty("areas")), JsonSerializerOptions.Web);
        var menu = new RichMenu($"richmenu-{Guid.NewGuid():N}", call.Channel.Id, call.Account.BotId, body, clock.GetUtcNow());
        return book.TryAdd(menu) ? LineAnswer.Ok(new { richMenuId = menu.Id }) : LineErrors.TooManyRichMenus;
    }

    public LineAnswer List(ApiCall call) => LineAnswer.Ok(new { richmenus = book.Of(call.Channel, call.Account.BotId).Select(menu => menu.View()) });

    public LineAnswer Get(ApiCall call) => Named(call) is { } menu ? LineAnswer.Ok(menu.View()) : LineErrors.NotFound;

    public LineAnswer Delete(ApiCall call)
    {
        if (Named(call) is not { } menu)
            return LineErrors.NotFound;

        book.Remove(menu);
        return LineAnswer.Empty;
    }

    /// <summary>Takes the image: JPEG or PNG by its header and by its bytes, at most 1 MB, of a size that a menu may have.</summary>
    public async Task<LineAnswer> UploadAsync(ApiCall call)
    {
        if (Named(call) is not { } menu)
            return LineErrors.NotFound;
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type) || type.MediaType is not ("image/jpeg" or "image/png"))
            return LineErrors.MediaType;

        var bytes = await ApiBody.ReadUpToAsync(call.Request.Body, ImageBytesMax + 1, call.Gone);
        if (bytes.Length > ImageBytesMax)
            return LineErrors.TooLarge;
        if (ImageHeader.Read(bytes) is not { } image || image.Type != type.MediaType)
            return LineErrors.MediaType;

        var isAllowed = image.Width is >= RichMenuRules.WidthMin and <= RichMenuRules.WidthMax
            && image.Height >= RichMenuRules.HeightMin
            && (double)image.Width / image.Height >= RichMenuRules.RatioMin;
        return !isAllowed ? LineErrors.RichMenuImageSize
            : book.TrySetImage(menu, new StoredContent($"{menu.ChannelId}|{menu.BotId}", image.Type, bytes)) ? LineAnswer.Empty
            : LineErrors.RichMenuImageThere;
    }

    public LineAnswer Download(ApiCall call) =>
        Named(call) is { } menu && book.ImageOf(menu) is { } image ? new LineAnswer(200, image.Bytes, image.Type) : LineErrors.NotFound;

    private RichMenu? Named(ApiCall call) => book.Find(call.Channel, call.Account.BotId, call.Route("richMenuId"));

    private static BodyCheck Checked(ApiCall call)
    {
        var check = new BodyCheck();
        RichMenuRules.Check(check, call.BodyOrEmpty);
        return check;
    }

    /// <summary>What of a request is the menu; anything else in it is passed over, as LINE does.</summary>
    private sealed record Kept(JsonElement Size, JsonElement Selected, JsonElement Name, JsonElement ChatBarText, JsonElement Areas);
}
