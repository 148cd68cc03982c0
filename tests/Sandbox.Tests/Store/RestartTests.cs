using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Store;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-");

    [Fact]
    public async Task Given_a_data_file_When_the_sandbox_starts_again_Then_accounts_linkages_friends_messages_control_tokens_and_time_are_as_they_were()
    {
        var setting = ("Sandbox:DataFile", Path.Combine(_folder.FullName, "line", "sandbox.db"));
        var first = await SandboxHost.StartAsync(setting);
        await using var shop = await Shop.OpenAsync(first);
        await shop.WriteAsync("before");
        var replyToken = (await shop.Module.NextAsync("message")).ReplyToken!;
        var userId = await shop.UserIdAsync();
        var token = await shop.TokenAsync();
        await first.PostAsync($"/phone/api/chats/{shop.BotId}/meiling/follow", new { });
        await shop.Module.NextAsync("follow");
        await first.PostAsync($"/phone/api/chats/{shop.BotId}/meiling/messages", new { type = "text", text = "released" });
        var other = (await shop.Module.NextAsync("message")).UserId;
        (await shop.PostAsync($"/v2/bot/chat/{other}/control/release")).Status.ShouldBe(HttpStatusCode.OK);
        await shop.Module.NextAsync("deactivated");
        await first.MoveClockAsync(TimeSpan.FromSeconds(30));
        var before = await first.NowAsync();
        await first.DisposeAsync();

        await using var second = await SandboxHost.StartAsync(setting);
        var again = shop.At(second);

        (await again.UserIdAsync()).ShouldBe(userId);
        (await again.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        (await second.NowAsync()).ShouldBeGreaterThanOrEqualTo(before);
        (await again.MessagesAsync()).Single().GetProperty("message").GetProperty("text").GetString().ShouldBe("before");
        (await again.ReplyAsync(replyToken, "after")).Status.ShouldBe(HttpStatusCode.OK);
        (await again.MessagesAsync()).Select(message => message.GetProperty("seq").GetInt64()).ShouldBe([1, 2]);
        await second.PostAsync($"/phone/api/chats/{shop.BotId}/meiling/messages", new { type = "text", text = "still released" });
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("standby");
        (await second.GetAsync("/phone/api/accounts")).GetArrayLength().ShouldBe(5); // The seeded four and this one: nothing is planted twice.
    }

    [Fact]
    public async Task Given_a_data_file_that_is_no_database_When_the_sandbox_starts_Then_one_sentence_names_the_key_and_the_file()
    {
        var file = Path.Combine(_folder.FullName, "broken.db");
        await File.WriteAllTextAsync(file, new string('x', 5000));

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => SandboxHost.StartAsync(("Sandbox:DataFile", file)));

        failure.Message.ShouldStartWith("Sandbox:DataFile must name a SQLite file that can be written;");
        failure.Message.ShouldContain(file);
    }

    [Theory]
    [InlineData("Sandbox:ModuleChannel:ChannelId", "abc", "Sandbox:ModuleChannel:ChannelId")]
    [InlineData("Sandbox:Webhooks:Timeout", "00:02:00", "Sandbox:Webhooks:Timeout")]
    [InlineData("Sandbox:Webhooks:RetryDelays:0", "00:00:00", "Sandbox:Webhooks:RetryDelays")]
    [InlineData("Sandbox:BotHeadr", "X-Bot", "BotHeadr")]
    public async Task Given_a_wrong_setting_When_the_sandbox_starts_Then_it_refuses_and_names_it(string key, string value, string named)
    {
        var failure = await Should.ThrowAsync<Exception>(() => SandboxHost.StartAsync((key, value)));

        failure.Message.ShouldContain(named);
    }

    [Fact]
    public async Task Given_a_configured_module_channel_When_the_sandbox_starts_Then_its_credentials_open_the_token_endpoint()
    {
        await using var host = await SandboxHost.StartAsync(
            ("Sandbox:ModuleChannel:ChannelId", "1650000001"), ("Sandbox:ModuleChannel:ChannelSecret", "0123456789abcdef0123456789abcdef"),
            ("Sandbox:ModuleChannel:WebhookUrl", "http://127.0.0.1:9/webhook/1650000001"), ("Sandbox:ModuleChannel:RedirectUrls:0", "http://127.0.0.1:9/attach/callback"));

        using var answer = await host.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "1650000001", ["client_secret"] = "0123456789abcdef0123456789abcdef",
        }));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var channel = (await host.GetAsync("/sandbox/api/channels")).EnumerateArray().Single(one => one.GetProperty("channelId").GetString() == "1650000001");
        channel.GetProperty("defaultActive").GetBoolean().ShouldBeTrue();
        channel.GetProperty("redirectUrls")[0].GetString().ShouldBe("http://127.0.0.1:9/attach/callback");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
