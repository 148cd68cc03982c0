using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Notifications;

public sealed class NoticeTests : IAsyncLifetime
{
    private const string Path = "/v2/bot/message/pnp/templated/push";
    private const string Tag = "order-0001-please-come";
    private static int _lastNumber = Random.Shared.Next(10_000_000);
    private SandboxHost _host = null!; // One for each test: they move the time.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_a_person_who_agreed_When_a_notice_is_sent_Then_202_it_is_in_the_chat_and_a_delivery_event_names_the_tag_and_no_source()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var number = await NumberAsync("hana", new { });

        (await SendAsync(shop, number, Tag)).ShouldBeEmpty(HttpStatusCode.Accepted);

        var delivery = await shop.Module.NextAsync("delivery");
        delivery.Event.GetProperty("delivery").GetProperty("data").GetString().ShouldBe(Tag);
        delivery.Event.TryGetProperty("source", out _).ShouldBeFalse();
        delivery.ReplyToken.ShouldBeNull();
        (await Crowd.TextsAsync(shop, "hana")).Single()!.ShouldStartWith("reserve_ja\ndate_002_ja: Sat 10 Aug"); // Though she is no friend.

        (await SendAsync(shop, number, tag: null)).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await shop.Module.NextAsync("delivery")).Event.GetProperty("delivery").GetProperty("data").GetString().ShouldBe(Digest(number));
        var today = (await _host.NowAsync()).ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        await _host.MoveClockAsync(TimeSpan.FromDays(1));
        (await shop.GetAsync($"/v2/bot/message/delivery/pnp/templated?date={today}")).Text.ShouldBe("""{"status":"ready","success":2}""");
        (await shop.GetAsync("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"consent":"rejected"}""")]
    [InlineData("""{"acceptsPolicy":false}""")]
    [InlineData("""{"number":"+15550001111"}""")]
    [InlineData("""null""")]
    public async Task Given_a_number_that_no_notice_can_reach_When_one_is_sent_Then_422(string state)
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var number = state == "null" ? "+819000000000" : await NumberAsync("hana", JsonSerializer.Deserialize<JsonElement>(state));

        (await SendAsync(shop, number, Tag)).ShouldBeRefused((HttpStatusCode)422, "Failed to send messages");

        (await Crowd.TextsAsync(shop, "hana")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"consent":"notSet"}""", """{"consent":"agreed"}""")]
    [InlineData("""{"needsSms":true}""", """{"needsSms":false}""")]
    public async Task Given_a_person_who_must_agree_or_confirm_first_When_they_do_within_a_day_Then_the_notice_is_delivered_and_later_it_is_not(string before, string after)
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var number = await NumberAsync("hana", JsonSerializer.Deserialize<JsonElement>(before));
        (await SendAsync(shop, number, "too-late-for-this-one")).ShouldBeEmpty(HttpStatusCode.Accepted);
        await _host.MoveClockAsync(TimeSpan.FromHours(24));
        (await SendAsync(shop, number, Tag)).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await Crowd.TextsAsync(shop, "hana")).ShouldBeEmpty();
        (await _host.GetAsync("/sandbox/api/phone-numbers/hana/waiting")).GetArrayLength().ShouldBe(1);

        await SetAsync("hana", JsonSerializer.Deserialize<JsonElement>(after));

        (await shop.Module.NextAsync("delivery")).Event.GetProperty("delivery").GetProperty("data").GetString().ShouldBe(Tag);
        (await Crowd.TextsAsync(shop, "hana")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_person_who_refuses_or_changes_the_number_or_blocks_the_account_When_time_passes_Then_202_was_all_that_was_ever_said()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var refusing = await NumberAsync("hana", new { consent = "notSet" });
        var changing = await NumberAsync("alex", new { needsSms = true });
        var blocking = await NumberAsync(shop.PersonId, new { });
        await shop.BlockAsync();
        await shop.Module.NextAsync("unfollow");
        foreach (var number in (string[])[refusing, changing, blocking])
            (await SendAsync(shop, number, Tag)).ShouldBeEmpty(HttpStatusCode.Accepted);

        await SetAsync("hana", new { consent = "rejected" });
        await SetAsync("alex", new { number = "+819012345678", needsSms = false });
        await SetAsync("hana", new { consent = "agreed" });

        (await Crowd.TextsAsync(shop, "hana")).ShouldBeEmpty();
        (await Crowd.TextsAsync(shop, "alex")).ShouldBeEmpty();
        (await shop.MessagesAsync()).ShouldBeEmpty();
        await shop.FollowAsync();
        await shop.Module.NextAsync("follow"); // And nothing before it.
    }

    [Fact]
    public async Task Given_bodies_that_LINE_refuses_When_a_notice_is_sent_Then_400_says_why_and_a_retry_key_is_not_taken()
    {
        await using var shop = await Shop.OpenAsync(_host, scopes: Shop.EveryScope);
        var to = Digest(await NumberAsync("hana", new { }));
        Task<ApiAnswer> Sent(string template = "reserve_ja", string? digest = null, object? body = null) => shop.PostAsync(Path, new { to = digest ?? to, templateKey = template, body = body ?? new { } });

        (await Sent(digest: to.ToUpperInvariant())).ShouldBeFaulty("to: The value must be a valid SHA-256 digest.");
        (await Sent(template: "no-such")).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid templateKey: no-such");
        (await Sent(body: new { emphasizedItem = new { itemKey = "a", content = new string('x', 16) } })).ShouldBeFaulty("body.emphasizedItem.content: Length must be between 0 and 15");
        (await Sent(body: new { items = Enumerable.Range(0, 16).Select(n => new { itemKey = $"k{n}", content = "x" }) })).ShouldBeFaulty("body.items: Size must be between 0 and 15");
        var keys = await Sent(body: new { emphasizedItem = new { itemKey = "a", content = "x" }, items = new[] { new { itemKey = "a", content = "x" } }, buttons = new[] { new { buttonKey = "B-1", url = "https://shop.example/" } } });
        keys.ShouldBeRefused(HttpStatusCode.BadRequest, "The request body has 2 invalid key(s).");
        keys.Json.GetProperty("details")[0].GetProperty("message").GetString().ShouldBe("The specified button key does not exist: B-1");
        (await SendAsync(shop, "+819000000001", "short")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'X-Line-Delivery-Tag' header is invalid");
        (await shop.CallAsync(HttpMethod.Post, Path, new { to, templateKey = "a" }, retryKey: Guid.NewGuid().ToString())).Status.ShouldBe(HttpStatusCode.BadRequest);
        await using var plain = await Shop.OpenAsync(_host);
        (await SendAsync(plain, "+819000000001", Tag)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<ApiAnswer> SendAsync(Shop shop, string number, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = JsonContent.Create(new { to = Digest(number), templateKey = "reserve_ja", body = new { emphasizedItem = new { itemKey = "date_002_ja", content = "Sat 10 Aug" } } }),
        };
        request.Headers.Authorization = new("Bearer", await shop.TokenAsync());
        request.Headers.Add("X-Line-Bot-Id", shop.BotId);
        if (tag is not null)
            request.Headers.Add("X-Line-Delivery-Tag", tag);
        using var response = await shop.Host.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>Gives a person a number of Japan, unless the state names another.</summary>
    private async Task<string> NumberAsync(string person, object state)
    {
        await SetAsync(person, new { number = $"+8190{Interlocked.Increment(ref _lastNumber):D8}" });
        return (await SetAsync(person, state)).GetProperty("number").GetString()!;
    }

    private async Task<JsonElement> SetAsync(string person, object state)
    {
        using var answer = await _host.Http.PutAsJsonAsync($"/sandbox/api/phone-numbers/{person}", state);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Digest(string number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)));
}
