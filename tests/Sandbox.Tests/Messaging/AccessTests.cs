using System.Net;
using System.Text;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class AccessTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string NotAvailable = "Access to this API is not available for your account";

    [Fact]
    public async Task Given_no_or_a_wrong_bot_header_When_the_module_calls_Then_403()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var foreign = await Shop.OpenAsync(host);

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", withBot: false)).ShouldBeRefused(HttpStatusCode.Forbidden, NotAvailable);
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", botId: foreign.BotId)).ShouldBeRefused(HttpStatusCode.Forbidden, NotAvailable);
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", botId: $"U{new string('a', 32)}")).ShouldBeRefused(HttpStatusCode.Forbidden, NotAvailable);
    }

    [Fact]
    public async Task Given_another_name_for_the_bot_header_When_it_is_configured_Then_only_that_one_counts()
    {
        await using var other = await SandboxHost.StartAsync(("Sandbox:BotHeader", "X-Bot"));
        await using var shop = await Shop.NewAsync(other);
        await shop.AttachAsync(Shop.AllScopes);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/bot/info");
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Bot", shop.BotId);

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var answer = await other.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_scope_that_was_not_granted_When_the_module_calls_Then_403()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: ["message:receive"]);

        (await shop.PushAsync(await shop.UserIdAsync(), "x")).ShouldBeRefused(HttpStatusCode.Forbidden, NotAvailable);
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{await shop.UserIdAsync()}")).ShouldBeRefused(HttpStatusCode.Forbidden, NotAvailable);
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_no_token_or_an_unknown_path_When_it_is_called_Then_LINEs_body_and_a_request_id()
    {
        using var unknown = await host.Http.GetAsync("/v2/bot/no/such/call");
        using var anonymous = await host.Http.GetAsync("/v2/bot/info");

        (await ApiAnswer.ReadAsync(unknown)).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await ApiAnswer.ReadAsync(anonymous)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        anonymous.Headers.Contains("x-line-request-id").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_attached_account_When_bot_info_and_profile_are_read_Then_they_tell_what_LINE_tells()
    {
        await using var shop = await Shop.OpenAsync(host);
        var userId = await shop.UserIdAsync();

        var info = await shop.CallAsync(HttpMethod.Get, "/v2/bot/info");
        var profile = await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{userId}");

        info.Json.GetProperty("userId").GetString().ShouldBe(shop.BotId);
        info.Json.GetProperty("basicId").GetString().ShouldBe(shop.BasicId);
        info.Json.GetProperty("displayName").GetString().ShouldBe("測試小店");
        profile.Json.GetProperty("displayName").GetString().ShouldBe("Alice");
        profile.Json.GetProperty("userId").GetString().ShouldBe(userId);
        using var picture = await host.Http.GetAsync(profile.Json.GetProperty("pictureUrl").GetString());
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Given_somebody_who_blocks_or_never_came_When_their_profile_is_read_Then_404_and_400_for_a_malformed_id()
    {
        await using var shop = await Shop.OpenAsync(host);
        await shop.BlockAsync();

        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{await shop.UserIdAsync()}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/LU{new string('0', 32)}-{shop.BotId}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/profile/somebody")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'userId' parameter is invalid");
    }

    [Fact]
    public async Task Given_a_picture_from_the_phone_When_the_module_fetches_its_content_Then_it_gets_the_bytes_and_no_other_account_does()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.OpenAsync(host);
        byte[] png = [0x89, .. "PNG"u8, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
        await host.PostAsync($"{shop.Chat}/messages", new { type = "image", dataUrl = $"data:image/jpeg;base64,{Convert.ToBase64String(png)}" });
        var message = (await shop.Module.NextAsync("message")).Event.GetProperty("message");
        message.GetProperty("contentProvider").GetProperty("type").GetString().ShouldBe("line");
        var path = $"/v2/bot/message/{message.GetProperty("id").GetString()}/content";

        var content = await shop.CallAsync(HttpMethod.Get, path);

        content.Bytes.ShouldBe(png);
        content.ContentType.ShouldBe("image/png"); // By its bytes, not by what the phone said.
        (await other.CallAsync(HttpMethod.Get, path)).ShouldBeRefused(HttpStatusCode.NotFound, "not found");
    }

    [Theory]
    [InlineData("""{"loadingSeconds":4}""", "loadingSeconds", "Must be between 5 and 60")]
    [InlineData("""{"loadingSeconds":12}""", "loadingSeconds", "must be a multiple of five")]
    public async Task Given_a_wrong_length_When_loading_is_started_Then_400_says_which(string body, string property, string fault)
    {
        await using var shop = await Shop.OpenAsync(host);
        var chatId = await shop.UserIdAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/chat/loading/start")
        {
            Content = new StringContent($$"""{"chatId":"{{chatId}}",{{body[1..]}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);

        using var response = await host.Http.SendAsync(request);
        var answer = await ApiAnswer.ReadAsync(response);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json.GetProperty("details")[0].GetProperty("property").GetString().ShouldBe(property);
        answer.Json.GetProperty("details")[0].GetProperty("message").GetString().ShouldBe(fault);
    }

    [Fact]
    public async Task Given_more_calls_than_LINE_takes_When_they_come_at_once_Then_429_for_the_rest_and_other_calls_go_on()
    {
        await using var shop = await Shop.OpenAsync(host);
        var token = await shop.TokenAsync();
        var body = new { chatId = await shop.UserIdAsync(), loadingSeconds = 5 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => shop.CallAsync(HttpMethod.Post, "/v2/bot/chat/loading/start", body, token: token)));

        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBeGreaterThanOrEqualTo(100);
        answers.First(answer => answer.Status != HttpStatusCode.Accepted).ShouldBeRefused(HttpStatusCode.TooManyRequests, "The API rate limit has been exceeded. Try again later.");
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_another_usual_limit_by_configuration_When_calls_are_made_Then_only_those_that_LINEs_table_does_not_name_go_by_it()
    {
        await using var slow = await SandboxHost.StartAsync(("Sandbox:UsualCallsPerSecond", "1"));
        await using var shop = await Shop.OpenAsync(slow);
        var token = await shop.TokenAsync();

        var usual = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)));
        var body = new { chatId = await shop.UserIdAsync(), loadingSeconds = 5 };
        var named = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.CallAsync(HttpMethod.Post, "/v2/bot/chat/loading/start", body, token: token)));

        usual.ShouldContain(answer => answer.Status == HttpStatusCode.TooManyRequests);
        named.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
    }
}
