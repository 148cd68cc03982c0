using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Tests.Audiences;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Narrowcasts;

public sealed class NarrowcastTests : IAsyncLifetime
{
    private static readonly object[] Hello = [new { type = "text", text = "hello" }];
    private SandboxHost _host = null!; // One for each test: they move the time.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_friends_When_a_narrowcast_is_accepted_Then_it_waits_is_sent_and_succeeds_and_a_retry_is_told_so()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await Crowd.JoinAsync(shop, 2);
        var key = Guid.NewGuid().ToString();
        var accepted = await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/narrowcast", new { messages = Hello }, retryKey: key);
        accepted.ShouldBeEmpty(HttpStatusCode.Accepted);

        (await ProgressAsync(shop, accepted)).GetProperty("phase").GetString().ShouldBe("waiting");
        (await shop.MessagesAsync()).ShouldBeEmpty();
        await _host.MoveClockAsync(TimeSpan.FromSeconds(5));
        (await ProgressAsync(shop, accepted)).GetProperty("phase").GetString().ShouldBe("sending");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(5));
        var done = await ProgressAsync(shop, accepted);
        (await shop.CallAsync(HttpMethod.Post, "/v2/bot/message/narrowcast", new { messages = Hello }, retryKey: key)).Status.ShouldBe(HttpStatusCode.Conflict);

        done.GetProperty("phase").GetString().ShouldBe("succeeded");
        (done.GetProperty("successCount").GetInt32(), done.GetProperty("failureCount").GetInt32(), done.GetProperty("targetCount").GetInt32()).ShouldBe((3, 0, 3));
        done.GetProperty("completedTime").GetDateTimeOffset().ShouldBeGreaterThan(done.GetProperty("acceptedTime").GetDateTimeOffset());
        (await Crowd.TextsAsync(shop, shop.PersonId)).ShouldBe(["hello"]);
        (await shop.GetAsync("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt64().ShouldBe(3);
        (await shop.GetAsync($"/v2/bot/message/progress/narrowcast?requestId={Guid.NewGuid()}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        await _host.MoveClockAsync(TimeSpan.FromDays(14));
        (await shop.GetAsync($"/v2/bot/message/progress/narrowcast?requestId={accepted.RequestId}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
    }

    [Fact]
    public async Task Given_audiences_and_an_earlier_narrowcast_When_they_are_combined_Then_exactly_those_get_it()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var people = await Crowd.JoinAsync(shop, 3);
        var both = await ReadyAsync(shop, people[0], people[1]);
        var last = await ReadyAsync(shop, people[1]);
        var first = await SendAsync(shop, new { messages = Text("first"), recipient = new { type = "operator", and = new object[] { Audience(both), new { type = "operator", not = Audience(last) } } } });
        await SendAsync(shop, new { messages = Text("second"), recipient = new { type = "operator", or = new object[] { Audience(last), new { type = "redelivery", requestId = first.RequestId } } } });

        (await Crowd.TextsAsync(shop, people[0])).ShouldBe(["first", "second"]);
        (await Crowd.TextsAsync(shop, people[1])).ShouldBe(["second"]);
        (await Crowd.TextsAsync(shop, people[2])).ShouldBeEmpty();
        (await Crowd.TextsAsync(shop, shop.PersonId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_fewer_than_100_known_friends_When_a_filter_is_used_Then_403_and_with_100_those_it_names_get_it_if_50_are_left()
    {
        await using var shop = await Shop.OpenAsync(_host);
        object Women(string age) => new { messages = Text(age), filter = new { demographic = new { type = "operator", and = new object[] { new { type = "gender", oneOf = new[] { "female" } }, new { type = "age", gte = age } } } } };
        var people = (await Crowd.JoinAsync(shop, 99, number => new { gender = number < 60 ? "female" : "male", age = number < 55 ? 30 : 18, appType = "ios", area = "tw_01" })).ToList();
        (await shop.PostAsync("/v2/bot/message/narrowcast", Women("age_20"))).ShouldBeRefused(HttpStatusCode.Forbidden, "Your account does not have enough friends");
        people.AddRange(await Crowd.JoinAsync(shop, 1, _ => new { gender = "female", age = 70 }));

        (await SendAsync(shop, Women("age_20"))).Done.GetProperty("targetCount").GetInt32().ShouldBe(56);
        var few = (await SendAsync(shop, Women("age_65"))).Done;

        (few.GetProperty("phase").GetString(), few.GetProperty("errorCode").GetInt32()).ShouldBe(("failed", 2));
        (await Crowd.TextsAsync(shop, people[54])).ShouldBe(["age_20"]);
        (await Crowd.TextsAsync(shop, people[55])).ShouldBeEmpty();
        (await Crowd.TextsAsync(shop, people[99])).ShouldBe(["age_20"]);
        (await shop.GetAsync("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt64().ShouldBe(56);
    }

    [Fact]
    public async Task Given_a_narrowcast_on_its_way_When_something_else_is_sent_Then_the_quota_of_its_whole_reach_is_held_back_until_it_is_done()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var people = await Crowd.JoinAsync(shop, 3);
        var one = await ReadyAsync(shop, people[0]);
        await _host.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/quota", new { monthly = 4 });

        var accepted = await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello, recipient = Audience(one) });
        accepted.Status.ShouldBe(HttpStatusCode.Accepted);
        (await shop.PushAsync(await shop.UserIdAsync(), "x")).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");
        (await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello, limit = new { max = 1 } })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await ProgressAsync(shop, accepted)).GetProperty("targetCount").GetInt32().ShouldBe(1);

        (await shop.PushAsync(await shop.UserIdAsync(), "x")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");
    }

    [Fact]
    public async Task Given_a_limit_When_more_are_chosen_Then_as_many_get_it_as_the_limit_or_the_quota_lets_and_a_forbidden_part_is_not_sent_at_all()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await Crowd.JoinAsync(shop, 4);
        (await SendAsync(shop, new { messages = Hello, limit = new { max = 2 } })).Done.GetProperty("targetCount").GetInt32().ShouldBe(2);
        await _host.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/quota", new { monthly = 5 });

        var forbidden = (await SendAsync(shop, new { messages = Hello, limit = new { upToRemainingQuota = true, forbidPartialDelivery = true } })).Done;
        (forbidden.GetProperty("phase").GetString(), forbidden.GetProperty("errorCode").GetInt32()).ShouldBe(("failed", 5));
        (await SendAsync(shop, new { messages = Hello, limit = new { upToRemainingQuota = true } })).Done.GetProperty("targetCount").GetInt32().ShouldBe(3);
        (await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello, limit = new { upToRemainingQuota = true } })).ShouldBeRefused(HttpStatusCode.TooManyRequests, "You have reached your monthly limit.");
    }

    [Fact]
    public async Task Given_requests_that_LINE_refuses_When_they_come_Then_400_says_why()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var unknown = Guid.NewGuid();
        async Task<ApiAnswer> Sent(object? recipient = null, object? demographic = null, object? limit = null) =>
            await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello, recipient = recipient ?? Redelivery(shop), filter = demographic is null ? new { } : (object)new { demographic }, limit = limit ?? new { } });

        (await Sent(Audience(5))).ShouldBeRefused(HttpStatusCode.BadRequest, "Invalid audience group id: 5");
        (await Sent(new { type = "redelivery", requestId = unknown })).ShouldBeRefused(HttpStatusCode.BadRequest, $"Invalid request id: {unknown}");
        (await Sent(new { type = "redelivery", requestId = unknown, audienceGroupId = "5" })).ShouldBeRefused(HttpStatusCode.BadRequest, $"Invalid request id: {unknown}");
        (await Sent(new { type = "friends" })).ShouldBeFaulty("recipient.type: Must be one of the following values: [audience, redelivery, operator]");
        (await Sent(new { type = "operator", and = Array.Empty<object>() })).ShouldBeFaulty("recipient.and: Size must be between 1 and 100");
        (await Sent(new { type = "operator", or = Enumerable.Repeat(Audience(5), 11) })).ShouldBeFaulty("recipient: Size must be between 0 and 10");
        (await Sent(new { type = "audience", audienceGroupId = "5" })).ShouldBeRefused(HttpStatusCode.BadRequest, "The property, 'recipient.audienceGroupId', in the request body is invalid (line: -, column: -)");
        (await Sent(demographic: new { type = "age", gte = "age_21" })).ShouldBeFaulty("filter.demographic.gte: invalid property");
        (await Sent(demographic: new { type = "area", oneOf = new[] { "tw_23" } })).ShouldBeFaulty("filter.demographic.oneOf[0]: invalid property");
        (await Sent(demographic: new { type = "operator", and = Enumerable.Repeat(new { type = "gender", oneOf = new[] { "male" } }, 11) })).ShouldBeFaulty("filter.demographic: Size must be between 0 and 10");
        (await Sent(limit: new { max = 0 })).ShouldBeFaulty("limit.max: must be greater than or equal to 1");
        (await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello, limit = new { forbidPartialDelivery = true } }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "The option forbidPartialDelivery must be used with upToRemainingQuota.");
    }

    [Fact]
    public async Task Given_a_narrowcast_on_its_way_When_the_sandbox_starts_again_Then_it_is_sent_afterwards_and_its_quota_was_held_back()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            var setting = ("Sandbox:DataFile", Path.Combine(folder.FullName, "sandbox.db"));
            var first = await SandboxHost.StartAsync(setting);
            await using var shop = await Shop.OpenAsync(first);
            await first.Http.PutAsJsonAsync($"/sandbox/api/accounts/{shop.BotId}/quota", new { monthly = 1 });
            var token = await shop.TokenAsync();
            var accepted = await shop.PostAsync("/v2/bot/message/narrowcast", new { messages = Hello });
            accepted.Status.ShouldBe(HttpStatusCode.Accepted);
            await first.DisposeAsync();

            await using var second = await SandboxHost.StartAsync(setting);
            var again = shop.At(second);
            await second.MoveClockAsync(TimeSpan.FromSeconds(10));
            (await ProgressAsync(again, accepted)).GetProperty("phase").GetString().ShouldBe("succeeded");
            (await Crowd.TextsAsync(again, shop.PersonId)).ShouldBe(["hello"]);
            (await again.CallAsync(HttpMethod.Get, "/v2/bot/message/quota/consumption", token: token)).Json.GetProperty("totalUsage").GetInt64().ShouldBe(1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object Redelivery(Shop shop) => new { type = "redelivery", requestId = shop.ChannelId };

    private static object[] Text(string text) => [new { type = "text", text }];

    private static object Audience(long id) => new { type = "audience", audienceGroupId = id };

    private async Task<long> ReadyAsync(Shop shop, params string[] people)
    {
        var ids = await Task.WhenAll(people.Select(person => Crowd.IdAsync(shop, person)));
        var created = await AudienceTests.CreateAsync(shop, "People", ids);
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        return created.Json.GetProperty("audienceGroupId").GetInt64();
    }

    /// <summary>Sends, lets the time pass, and returns the request's id with its last progress.</summary>
    private async Task<(string? RequestId, JsonElement Done)> SendAsync(Shop shop, object body)
    {
        var accepted = await shop.PostAsync("/v2/bot/message/narrowcast", body);
        accepted.Status.ShouldBe(HttpStatusCode.Accepted, accepted.Text);
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        return (accepted.RequestId, await ProgressAsync(shop, accepted));
    }

    private static async Task<JsonElement> ProgressAsync(Shop shop, ApiAnswer accepted)
    {
        var progress = await shop.GetAsync($"/v2/bot/message/progress/narrowcast?requestId={accepted.RequestId}");
        progress.Status.ShouldBe(HttpStatusCode.OK, progress.Text);
        return progress.Json;
    }
}
