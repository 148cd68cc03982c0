using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Phone;

public sealed class GatewayTailTests
{
    [Fact]
    public async Task Given_a_gateway_with_a_tail_When_the_side_panel_is_open_Then_its_entries_stand_beside_LINEs_with_the_person_behind_the_chat()
    {
        var entries = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var asked = new TaskCompletionSource<(string Query, string Authorization)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await TailAsync(entries, asked);
        await using var host = await SandboxHost.StartAsync(("Sandbox:Timeline:Url", $"{gateway.Urls.First()}/management/tail"), ("Sandbox:Timeline:Key", "the-key"));
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);

        await entries.Writer.WriteAsync(JsonSerializer.Serialize(new
        {
            at = DateTimeOffset.UnixEpoch, kind = "delivered", chatId = await shop.UserIdAsync(), eventType = "message", module = "Keyword reply", mode = "active", epoch = 7, status = 200, millis = 12, text = "delivered", body = new { a = 1 },
        }));
        var entry = (await timeline.NextAsync(line => line.Kind == "delivered")).Json;

        entry.GetProperty("source").GetString().ShouldBe("gateway");
        entry.GetProperty("personId").GetString().ShouldBe(shop.PersonId);
        entry.GetProperty("module").GetString().ShouldBe("Keyword reply");
        entry.GetProperty("epoch").GetInt64().ShouldBe(7);
        entry.GetProperty("at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UnixEpoch);
        var (query, authorization) = await asked.Task;
        query.ShouldBe($"?botId={shop.BotId}");
        authorization.ShouldBe("Bearer the-key");
    }

    [Fact]
    public async Task Given_a_change_of_hands_When_the_gateway_tells_it_Then_the_panel_has_who_lost_who_gained_why_and_until_when()
    {
        var entries = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var asked = new TaskCompletionSource<(string, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await TailAsync(entries, asked);
        await using var host = await SandboxHost.StartAsync(("Sandbox:Timeline:Url", $"{gateway.Urls.First()}/management/tail"), ("Sandbox:Timeline:Key", "the-key"));
        await using var shop = await Shop.OpenAsync(host);
        using var timeline = await TimelineReader.OpenAsync(host, shop.BotId);

        await entries.Writer.WriteAsync(JsonSerializer.Serialize(new
        {
            at = DateTimeOffset.UnixEpoch, kind = "moved", chatId = await shop.UserIdAsync(), epoch = 8, lost = "Live Desk", active = "Keyword Reply", because = "default", isExpiry = true,
            until = DateTimeOffset.UnixEpoch.AddHours(1), lineSide = "active", hasReplyToken = false, seenAs = "LU0", refusal = "no",
        }));
        var entry = (await timeline.NextAsync(line => line.Kind == "moved")).Json;

        entry.GetProperty("personId").GetString().ShouldBe(shop.PersonId);
        entry.GetProperty("lost").GetString().ShouldBe("Live Desk");
        entry.GetProperty("answers").GetString().ShouldBe("Keyword Reply");
        entry.GetProperty("isExpiry").GetBoolean().ShouldBeTrue();
        entry.GetProperty("until").GetDateTimeOffset().ShouldBe(DateTimeOffset.UnixEpoch.AddHours(1));
        entry.GetProperty("lineSide").GetString().ShouldBe("active");
        entry.GetProperty("hasReplyToken").GetBoolean().ShouldBeFalse();
        entry.GetProperty("seenAs").GetString().ShouldBe("LU0");
        entry.GetProperty("refusal").GetString().ShouldBe("no");
    }

    private static async Task<WebApplication> TailAsync(System.Threading.Channels.Channel<string> entries, TaskCompletionSource<(string, string)> asked)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/management/tail", async http =>
        {
            asked.TrySetResult((http.Request.QueryString.Value!, http.Request.Headers.Authorization.ToString()));
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.FlushAsync();
            await foreach (var entry in entries.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync($"data: {entry}\n\n");
                await http.Response.Body.FlushAsync();
            }
        });
        await app.StartAsync();
        return app;
    }
}
