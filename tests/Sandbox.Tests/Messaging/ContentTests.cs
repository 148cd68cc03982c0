using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class ContentTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private static readonly byte[] Film = [0, 0, 0, 20, .. "ftypisom"u8, 1, 2, 3];

    [Fact]
    public async Task Given_a_film_from_the_phone_When_its_content_is_asked_for_Then_202_while_it_is_prepared_and_its_bytes_afterwards()
    {
        await using var shop = await Shop.OpenAsync(host);
        var message = await SendAsync(shop, new { type = "video", dataUrl = DataUrl(Film), duration = 2000 });
        message.GetProperty("duration").GetInt32().ShouldBe(2000);
        message.GetProperty("contentProvider").GetProperty("type").GetString().ShouldBe("line");
        var path = $"/v2/bot/message/{message.GetProperty("id").GetString()}/content";

        (await shop.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Accepted);
        (await shop.GetAsync($"{path}/transcoding")).Text.ShouldBe("""{"status":"processing"}""");
        await host.MoveClockAsync(TimeSpan.FromSeconds(5));

        var content = await shop.GetAsync(path);
        content.Bytes.ShouldBe(Film);
        content.ContentType.ShouldBe("video/mp4");
        (await shop.GetAsync($"{path}/preview")).ContentType.ShouldBe("image/png");
        (await shop.GetAsync($"{path}/transcoding")).Text.ShouldBe("""{"status":"succeeded"}""");
        await host.OrderFaultAsync("transcodingFails", shop.BotId);
        (await shop.GetAsync($"{path}/transcoding")).Text.ShouldBe("""{"status":"failed"}""");
    }

    [Fact]
    public async Task Given_a_picture_a_recording_and_a_file_When_they_are_previewed_Then_only_what_can_be_is()
    {
        await using var shop = await Shop.OpenAsync(host);
        var png = Pictures.Png(10, 10);
        var picture = await SendAsync(shop, new { type = "image", dataUrl = $"data:image/png;base64,{Convert.ToBase64String(png)}" });
        var recording = await SendAsync(shop, new { type = "audio", dataUrl = DataUrl([.. "ID3"u8, 1]) });
        var file = await SendAsync(shop, new { type = "file", dataUrl = DataUrl([.. "<script>alert(1)</script>"u8]), fileName = "page.html" });
        (file.GetProperty("fileName").GetString(), file.GetProperty("fileSize").GetInt32()).ShouldBe(("page.html", 25));
        await host.MoveClockAsync(TimeSpan.FromSeconds(5));
        static string Path(System.Text.Json.JsonElement message) => $"/v2/bot/message/{message.GetProperty("id").GetString()}/content";

        (await shop.GetAsync($"{Path(picture)}/preview")).Bytes.ShouldBe(png);
        (await shop.GetAsync($"{Path(picture)}/transcoding")).ShouldBeRefused(HttpStatusCode.BadRequest, "Transcoding status doesn't support this type of content");
        (await shop.GetAsync($"{Path(recording)}/preview")).ShouldBeRefused(HttpStatusCode.BadRequest, "The content can not be previewed");
        (await shop.GetAsync($"{Path(recording)}/transcoding")).Text.ShouldBe("""{"status":"succeeded"}""");
        (await shop.GetAsync($"{Path(file)}/preview")).ShouldBeRefused(HttpStatusCode.BadRequest, "The content can not be previewed");
        (await shop.GetAsync(Path(file))).ContentType.ShouldBe("application/octet-stream"); // Never a page of this origin.
        (await shop.GetAsync("/v2/bot/message/1/content/preview")).ShouldBeRefused(HttpStatusCode.NotFound, "not found");
        await using var other = await Shop.OpenAsync(host);
        (await other.GetAsync($"{Path(picture)}/preview")).ShouldBeRefused(HttpStatusCode.NotFound, "not found");
    }

    private static string DataUrl(byte[] bytes) => $"data:application/octet-stream;base64,{Convert.ToBase64String(bytes)}";

    private static async Task<System.Text.Json.JsonElement> SendAsync(Shop shop, object message)
    {
        await shop.Host.PostAsync($"{shop.Chat}/messages", message);
        return (await shop.Module.NextAsync("message")).Event.GetProperty("message");
    }
}
