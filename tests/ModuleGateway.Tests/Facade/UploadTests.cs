using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace ModuleGateway.Tests.Facade;

/// <summary>Bodies that go on to LINE while they come in.</summary>
public sealed class UploadTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const int BytesMax = 2 * 1024 * 1024;

    [Fact]
    public async Task Given_a_picture_that_is_still_coming_in_When_its_beginning_is_there_Then_LINE_has_it_already_with_its_type_and_length()
    {
        var (module, path) = await MenuAsync();
        var begun = new TaskCompletionSource<(string? Type, long? Length)>();
        var all = new MemoryStream();
        gateway.Line.Takes = async http =>
        {
            if (http.Request.Path != path)
                return false;
            var piece = new byte[5];
            await http.Request.Body.ReadExactlyAsync(piece);
            all.Write(piece);
            begun.SetResult((http.Request.ContentType, http.Request.ContentLength));
            await http.Request.Body.CopyToAsync(all);
            await http.Response.WriteAsJsonAsync(new { });
            return true;
        };
        using var picture = new TwoPieces("first"u8.ToArray(), "second"u8.ToArray());
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        var uploading = module.RequestAsync(HttpMethod.Post, path, picture);
        (await begun.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(("image/png", 11));
        picture.GoOn.SetResult();
        (await uploading.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode.ShouldBe(HttpStatusCode.OK);
        all.ToArray().ShouldBe("firstsecond"u8.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_picture_that_is_too_long_When_it_is_uploaded_with_or_without_saying_how_long_it_is_Then_413(bool saysLength)
    {
        var (module, path) = await MenuAsync();
        using var picture = new StreamContent(saysLength ? new MemoryStream(new byte[BytesMax + 1]) : new OneWayStream(BytesMax + 1));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var answer = await module.RequestAsync(HttpMethod.Post, path, picture);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        gateway.Line.Calls.ShouldNotContain(call => call.Path == path);
    }

    [Fact]
    public async Task Given_the_longest_picture_When_it_is_uploaded_Then_LINE_has_all_of_it()
    {
        var (module, path) = await MenuAsync();
        var length = 0L;
        gateway.Line.Takes = async http =>
        {
            if (http.Request.Path != path)
                return false;
            var buffer = new MemoryStream();
            await http.Request.Body.CopyToAsync(buffer);
            length = buffer.Length;
            await http.Response.WriteAsJsonAsync(new { });
            return true;
        };
        using var picture = new StreamContent(new OneWayStream(BytesMax));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        (await module.RequestAsync(HttpMethod.Post, path, picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        length.ShouldBe(BytesMax);
    }

    /// <summary>A menu of the module's, and where its picture goes.</summary>
    private async Task<(LinkedDouble Module, string Path)> MenuAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var menu = $"richmenu-{Guid.NewGuid():N}";
        gateway.Line.Answer = call => call is { Method: "POST", Path: "/v2/bot/richmenu" } && call.Bot == shop.Bot.ToString() ? (200, $$"""{"richMenuId":"{{menu}}"}""") : null;
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/richmenu", new { name = "A menu" })).Status.ShouldBe(HttpStatusCode.OK);
        return (module, $"/v2/bot/richmenu/{menu}/content");
    }

    /// <summary>Sends its second piece when it is told to.</summary>
    private sealed class TwoPieces(byte[] first, byte[] second) : HttpContent
    {
        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            await GoOn.Task;
            await stream.WriteAsync(second);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = first.Length + second.Length;
            return true;
        }
    }

    /// <summary>So many zeros, and nobody knows how many before the end.</summary>
    private sealed class OneWayStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override bool CanSeek => false;
    }
}
