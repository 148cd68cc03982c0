using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

/// <summary>Pictures and recordings: passed on while LINE sends them, and only those of messages that the linkage was given.</summary>
public sealed class ContentTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("image")]
    [InlineData("video")]
    [InlineData("audio")]
    [InlineData("file")]
    public async Task Given_a_message_with_a_content_When_the_modules_that_got_it_ask_for_it_Then_they_have_it_and_one_that_came_later_has_not(string type)
    {
        var shop = await gateway.NewShopAsync();
        var (first, standby, deaf) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync(), await shop.LinkAsync(scopes: [Scopes.MessageSend]));
        var id = await WriteAsync(shop, type);
        var later = await shop.LinkAsync();
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        Serves(id, "image/jpeg", bytes);

        foreach (var module in new[] { first, standby })
        {
            using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("image/jpeg");
            answer.Headers.GetValues("x-line-request-id").ShouldBe(["of-line"]);
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        }

        using var tooLate = await later.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content");
        tooLate.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await tooLate.Content.ReadAsStringAsync()).ShouldBe("""{"message":"not found"}""");
        using var without = await deaf.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content");
        without.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("no-such-message")]
    [InlineData("1%2F..%2F2")]
    public async Task Given_a_message_that_nobody_wrote_When_its_content_is_asked_for_Then_404_without_asking_LINE(string id)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        foreach (var part in new[] { "", "/preview", "/transcoding" })
        {
            using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content{part}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        gateway.Line.Calls.ShouldNotContain(call => call.Bot == shop.Bot.ToString() && call.Path.Contains("/content", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_text_When_its_content_is_asked_for_Then_404_for_LINE_has_none()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = await WriteAsync(shop, "text");
        using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_long_content_When_LINE_is_still_sending_Then_the_module_has_the_beginning_already()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = await WriteAsync(shop, "video");
        var goOn = new TaskCompletionSource();
        gateway.Line.Takes = async http =>
        {
            if (!http.Request.Path.Value!.Contains(id, StringComparison.Ordinal))
                return false;
            http.Response.ContentType = "video/mp4";
            await http.Response.Body.WriteAsync("first"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await goOn.Task;
            await http.Response.Body.WriteAsync("second"u8.ToArray());
            return true;
        };
        using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content").WaitAsync(TimeSpan.FromSeconds(20));
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var piece = new byte[5];
        await stream.ReadExactlyAsync(piece).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        piece.ShouldBe("first"u8.ToArray());
        goOn.SetResult();
        using var rest = new StreamReader(stream);
        (await rest.ReadToEndAsync()).ShouldBe("second");
    }

    [Fact]
    public async Task Given_LINE_that_stops_in_the_middle_When_a_content_is_passed_on_Then_the_module_sees_that_it_has_not_all_of_it()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = await WriteAsync(shop, "file");
        var hasBegun = new TaskCompletionSource();
        gateway.Line.Takes = async http =>
        {
            if (!http.Request.Path.Value!.Contains(id, StringComparison.Ordinal))
                return false;
            http.Response.ContentLength = 100;
            await http.Response.Body.WriteAsync("first"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await hasBegun.Task;
            http.Abort();
            return true;
        };
        using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content").WaitAsync(TimeSpan.FromSeconds(20));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        hasBegun.SetResult();
        await Should.ThrowAsync<HttpRequestException>(answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(404, """{"message":"not found"}""")]
    [InlineData(410, """{"message":"The content is gone"}""")]
    [InlineData(202, "")]
    public async Task Given_LINE_that_has_no_content_yet_or_no_more_When_it_says_so_Then_so_does_the_gateway(int status, string body)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = await WriteAsync(shop, "video");
        gateway.Line.Answer = call => call.Path.Contains(id, StringComparison.Ordinal) ? (status, body) : null;
        using var answer = await module.RequestAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content");
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Fact]
    public async Task Given_a_content_When_its_preview_and_its_state_are_asked_for_Then_LINE_answers()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = await WriteAsync(shop, "video");
        gateway.Line.Answer = call => call.Path.EndsWith($"{id}/content/transcoding", StringComparison.Ordinal) ? (200, """{"status":"processing"}""") : null;
        ((string?)(await module.CallAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content/transcoding")).Body!["status"]).ShouldBe("processing");
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content/preview")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_LINEs_host_for_files_When_a_content_is_asked_for_Then_it_is_that_host_that_is_called()
    {
        await using var files = await LineDouble.StartAsync();
        var other = new GatewayHost { Differs = builder => builder.Configuration["Upstream:DataBaseUrl"] = files.Origin };
        await other.InitializeAsync();
        try
        {
            var shop = await other.NewShopAsync();
            var module = await shop.LinkAsync(answersFirst: true);
            var id = ContentTests.NewId();
            await shop.PostAsync(Message(shop, "image", id));
            await other.RouteAsync();
            (await module.CallAsync(HttpMethod.Get, $"/v2/bot/message/{id}/content")).Status.ShouldBe(HttpStatusCode.OK);
            (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
            files.Calls.ShouldHaveSingleItem().Path.ShouldBe($"/v2/bot/message/{id}/content");
            other.Line.Calls.ShouldNotContain(call => call.Path.Contains("/content", StringComparison.Ordinal));
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Given_a_stream_that_stands_still_When_nothing_comes_for_too_long_Then_it_ends()
    {
        var clock = new TestClock();
        using var answer = new HttpResponseMessage { Content = new StreamContent(new StillStream()) };
        using var stream = new LineStream(answer, TimeSpan.FromSeconds(10), clock);
        var copying = stream.CopyToAsync(Stream.Null, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(9));
        copying.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<IOException>(copying.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static string NewId() => Random.Shared.NextInt64(1, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Message(Shop shop, string type, string id) => new()
    {
        ["type"] = "message", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User("alice") },
        ["message"] = new JsonObject { ["type"] = type, ["id"] = id, ["contentProvider"] = new JsonObject { ["type"] = "line" } },
    };

    private async Task<string> WriteAsync(Shop shop, string type)
    {
        var id = NewId();
        await shop.PostAsync(Message(shop, type, id));
        await gateway.RouteAsync();
        return id;
    }

    private void Serves(string id, string type, byte[] bytes) => gateway.Line.Takes = async http =>
    {
        if (!http.Request.Path.Value!.EndsWith($"/{id}/content", StringComparison.Ordinal))
            return false;
        http.Response.ContentType = type;
        http.Response.Headers["x-line-request-id"] = "of-line";
        await http.Response.Body.WriteAsync(bytes);
        return true;
    };

    /// <summary>Never has anything to read.</summary>
    private sealed class StillStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>();
            cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return new ValueTask<int>(never.Task);
        }
    }
}
