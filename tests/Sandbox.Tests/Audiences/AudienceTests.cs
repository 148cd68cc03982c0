using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Audiences;

public sealed class AudienceTests : IAsyncLifetime
{
    private SandboxHost _host = null!; // One for each test: they move the time.

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_user_ids_When_they_are_uploaded_Then_the_audience_is_in_progress_first_and_ready_afterwards_and_stays_so_while_more_is_added()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var created = await CreateAsync(shop, "Friends", await shop.UserIdAsync());
        created.Status.ShouldBe(HttpStatusCode.Accepted, created.Text);
        var id = created.Json.GetProperty("audienceGroupId").GetInt64();
        created.Json.GetProperty("type").GetString().ShouldBe("UPLOAD");
        created.Json.GetProperty("expireTimestamp").GetInt64().ShouldBe(created.Json.GetProperty("created").GetInt64() + 180 * 86_400);

        (await StatusAsync(shop, id)).ShouldBe("IN_PROGRESS 0 QUEUED");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(5));
        (await StatusAsync(shop, id)).ShouldBe("IN_PROGRESS 0 WORKING");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(5));
        (await StatusAsync(shop, id)).ShouldBe("READY 1 FINISHED");

        (await shop.PutAsync("/v2/bot/audienceGroup/upload", new { audienceGroupId = id, audiences = new[] { new { id = await Crowd.IdAsync(shop, "hana") } } })).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await StatusAsync(shop, id)).ShouldBe("READY 1 QUEUED");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await StatusAsync(shop, id)).ShouldBe("READY 2 FINISHED");
    }

    [Fact]
    public async Task Given_an_audience_of_nobody_or_with_an_id_of_nobody_When_time_passes_Then_it_never_becomes_ready()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var empty = (await CreateAsync(shop, "Empty")).Json.GetProperty("audienceGroupId").GetInt64();
        var wrong = (await CreateAsync(shop, "Wrong", await shop.UserIdAsync(), $"LU{new string('0', 32)}-{shop.BotId}")).Json.GetProperty("audienceGroupId").GetInt64();
        await _host.MoveClockAsync(TimeSpan.FromHours(1));

        (await StatusAsync(shop, empty)).ShouldBe("IN_PROGRESS 0");
        (await StatusAsync(shop, wrong)).ShouldBe("FAILED 0 FAILED");
        (await shop.PostAsync("/v2/bot/message/narrowcast", Narrowcast(empty))).ShouldBeRefused(HttpStatusCode.BadRequest, $"Invalid audience group id: {empty}");
    }

    [Fact]
    public async Task Given_what_LINE_refuses_When_an_audience_is_made_or_added_to_Then_400_with_its_code()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var userId = await shop.UserIdAsync();
        var id = (await CreateAsync(shop, "Real", userId)).Json.GetProperty("audienceGroupId").GetInt64();

        ShouldBe(await CreateAsync(shop, ""), "AUDIENCE_GROUP_NAME_EMPTY");
        ShouldBe(await CreateAsync(shop, new string('x', 121)), "AUDIENCE_GROUP_NAME_SIZE_OVER");
        ShouldBe(await CreateAsync(shop, "two\nlines"), "AUDIENCE_GROUP_NAME_WRONG");
        ShouldBe(await CreateAsync(shop, "ids", userId, "U123"), "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT");
        ShouldBe(await CreateAsync(shop, "many", [.. Enumerable.Repeat(userId, 10_001)]), "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS");
        ShouldBe(await shop.PutAsync("/v2/bot/audienceGroup/upload", new { audienceGroupId = id, audiences = Array.Empty<object>() }), "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS");
        ShouldBe(await shop.PutAsync("/v2/bot/audienceGroup/upload", new { audienceGroupId = 1, audiences = new[] { new { id = userId } } }), "AUDIENCE_GROUP_NOT_FOUND");
        ShouldBe(await shop.PutAsync("/v2/bot/audienceGroup/upload", new { audienceGroupId = id, uploadDescription = new string('x', 301), audiences = new[] { new { id = userId } } }), "AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER");
        ShouldBe(await shop.GetAsync("/v2/bot/audienceGroup/12345"), "AUDIENCE_GROUP_NOT_FOUND");
        ShouldBe(await shop.GetAsync($"/v2/bot/audienceGroup/shared/{id}"), "AUDIENCE_GROUP_NOT_FOUND");
        ShouldBe(await shop.PostAsync("/v2/bot/audienceGroup/imp", new { description = "x", requestId = Guid.NewGuid() }), "REQUEST_NOT_FOUND");
        (await shop.GetAsync("/v2/bot/audienceGroup/12345")).Message.ShouldBe("audience group not found");

        await _host.MoveClockAsync(TimeSpan.FromDays(180));
        ShouldBe(await shop.PutAsync("/v2/bot/audienceGroup/upload", new { audienceGroupId = id, audiences = new[] { new { id = userId } } }), "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED");
        (await StatusAsync(shop, id)).ShouldStartWith("EXPIRED");
        await _host.MoveClockAsync(TimeSpan.FromDays(30));
        ShouldBe(await shop.GetAsync($"/v2/bot/audienceGroup/{id}"), "AUDIENCE_GROUP_NOT_FOUND");
    }

    [Fact]
    public async Task Given_ten_uploads_on_their_way_When_an_eleventh_comes_Then_429_until_they_are_done()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var add = new { audienceGroupId = (await CreateAsync(shop, "Busy")).Json.GetProperty("audienceGroupId").GetInt64(), audiences = new[] { new { id = await shop.UserIdAsync() } } };
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 11; i++)
            answers.Add(await shop.PutAsync("/v2/bot/audienceGroup/upload", add));

        answers.Take(10).ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        answers[10].Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await shop.PutAsync("/v2/bot/audienceGroup/upload", add)).ShouldBeEmpty(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Given_a_file_of_ids_When_it_is_uploaded_Then_it_is_an_audience_like_any_other()
    {
        await using var shop = await Shop.OpenAsync(_host);
        var lines = $"{await shop.UserIdAsync()}\r\n{await Crowd.IdAsync(shop, "hana")}\n\n";

        var created = await FileAsync(shop, HttpMethod.Post, lines, ("description", "From a file"));
        created.Status.ShouldBe(HttpStatusCode.Accepted, created.Text);
        var id = created.Json.GetProperty("audienceGroupId").GetInt64();
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await StatusAsync(shop, id)).ShouldBe("READY 2 FINISHED");

        (await FileAsync(shop, HttpMethod.Put, await Crowd.IdAsync(shop, "alex"), ("audienceGroupId", $"{id}"))).ShouldBeEmpty(HttpStatusCode.Accepted);
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await StatusAsync(shop, id)).ShouldStartWith("READY 3");
        ShouldBe(await FileAsync(shop, HttpMethod.Post, "\n\n", ("description", "x")), "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS");
        ShouldBe(await FileAsync(shop, HttpMethod.Post, "somebody", ("description", "x")), "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT");
        (await FileAsync(shop, HttpMethod.Post, lines, "application/pdf", ("description", "x"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Given_audiences_When_they_are_renamed_listed_and_deleted_Then_pages_and_filters_are_LINEs_and_another_channel_may_only_read()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await using var other = await Shop.NewAsync(_host, isDefaultActive: false);
        await other.AttachToAsync(shop);
        var ids = new List<long>();
        foreach (var name in (string[])["Alpha", "Beta", "alphabet"])
            ids.Add((await CreateAsync(shop, name)).Json.GetProperty("audienceGroupId").GetInt64());

        (await shop.PutAsync($"/v2/bot/audienceGroup/{ids[1]}/updateDescription", new { description = "Gamma" })).ShouldBeEmpty();
        var page = (await shop.GetAsync("/v2/bot/audienceGroup/list?page=1&size=2")).Json;
        page.GetProperty("audienceGroups").EnumerateArray().Select(one => one.GetProperty("description").GetString()).ShouldBe(["alphabet", "Gamma"]);
        page.GetProperty("hasNextPage").GetBoolean().ShouldBeTrue();
        page.GetProperty("totalCount").GetInt32().ShouldBe(3);
        (await shop.GetAsync("/v2/bot/audienceGroup/list?page=1&description=ALPHA")).Json.GetProperty("totalCount").GetInt32().ShouldBe(2);
        (await shop.GetAsync("/v2/bot/audienceGroup/list")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'page' parameter is invalid");
        (await shop.GetAsync("/v2/bot/audienceGroup/list?page=1&size=41")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'size' parameter is invalid");

        var seen = (await other.CallAsync(HttpMethod.Get, "/v2/bot/audienceGroup/list?page=1", botId: shop.BotId)).Json;
        seen.GetProperty("audienceGroups")[0].GetProperty("permission").GetString().ShouldBe("READ");
        seen.GetProperty("readWriteAudienceGroupTotalCount").GetInt32().ShouldBe(0);
        (await other.CallAsync(HttpMethod.Get, "/v2/bot/audienceGroup/list?page=1&includesExternalPublicGroups=false", botId: shop.BotId)).Json.GetProperty("totalCount").GetInt32().ShouldBe(0);
        ShouldBe(await other.CallAsync(HttpMethod.Delete, $"/v2/bot/audienceGroup/{ids[0]}", botId: shop.BotId), "AUDIENCE_GROUP_NOT_FOUND");
        var more = new { audienceGroupId = ids[0], audiences = new[] { new { id = await shop.UserIdAsync() } } };
        ShouldBe(await other.CallAsync(HttpMethod.Put, "/v2/bot/audienceGroup/upload", more, botId: shop.BotId), "AUDIENCE_GROUP_NOT_FOUND");

        (await shop.DeleteAsync($"/v2/bot/audienceGroup/{ids[0]}")).ShouldBeEmpty(HttpStatusCode.Accepted);
        ShouldBe(await shop.DeleteAsync($"/v2/bot/audienceGroup/{ids[0]}"), "AUDIENCE_GROUP_NOT_FOUND");
        (await shop.GetAsync("/v2/bot/audienceGroup/shared/list?page=1")).Json.GetProperty("totalCount").GetInt32().ShouldBe(0);
        (await shop.GetAsync("/v2/bot/audienceGroup/shared/list?page=1&includesOwnedAudienceGroups=true")).Json.GetProperty("totalCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Given_the_request_id_of_another_accounts_broadcast_or_an_old_one_When_an_audience_is_made_of_it_Then_its_code_says_so()
    {
        await using var shop = await Shop.OpenAsync(_host);
        await using var other = await Shop.OpenAsync(_host);
        var request = (await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { new { type = "text", text = "x" } } })).RequestId;
        var push = (await shop.PushAsync(await shop.UserIdAsync(), "x")).RequestId;

        ShouldBe(await other.PostAsync("/v2/bot/audienceGroup/imp", new { description = "x", requestId = request }), "WRONG_BOT_ID");
        ShouldBe(await shop.PostAsync("/v2/bot/audienceGroup/click", new { description = "x", requestId = push }), "REQUEST_NOT_FOUND");
        var made = await shop.PostAsync("/v2/bot/audienceGroup/imp", new { description = "x", requestId = request });
        made.Json.GetProperty("requestId").GetString().ShouldBe(request);
        ShouldBe(await shop.PostAsync("/v2/bot/audienceGroup/imp", new { description = "x", requestId = request }), "AUDIENCE_GROUP_REQUESTID_DUPLICATE");
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));
        var read = (await shop.GetAsync($"/v2/bot/audienceGroup/{made.Json.GetProperty("audienceGroupId")}")).Json.GetProperty("audienceGroup");
        read.GetProperty("status").GetString().ShouldBe("FAILED");
        read.GetProperty("failedType").GetString().ShouldBe("AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT"); // One person saw it at most; 50 are needed.
        await _host.MoveClockAsync(TimeSpan.FromDays(61));
        ShouldBe(await shop.PostAsync("/v2/bot/audienceGroup/click", new { description = "x", requestId = request }), "TOO_OLD_MESSAGES");
    }

    [Theory]
    [InlineData(49, "FAILED", 0)]
    [InlineData(50, "READY", 50)]
    public async Task Given_people_who_saw_a_broadcast_When_an_audience_is_made_of_them_Then_it_needs_50(int people, string status, int count)
    {
        await using var shop = await Shop.OpenAsync(_host);
        var crowd = await Crowd.JoinAsync(shop, people);
        var sent = await shop.PostAsync("/v2/bot/message/broadcast", new { messages = new[] { new { type = "text", text = "x" } } });
        foreach (var person in crowd)
            await _host.GetAsync($"/phone/api/chats/{shop.BotId}/{person}/messages");

        var made = await shop.PostAsync("/v2/bot/audienceGroup/imp", new { description = "Who saw it", requestId = sent.RequestId });
        await _host.MoveClockAsync(TimeSpan.FromSeconds(10));

        (await StatusAsync(shop, made.Json.GetProperty("audienceGroupId").GetInt64())).ShouldBe($"{status} {count}");
    }

    internal static Task<ApiAnswer> CreateAsync(Shop shop, string description, params string[] ids) =>
        shop.PostAsync("/v2/bot/audienceGroup/upload", new { description, audiences = ids.Select(id => new { id }) });

    private static object Narrowcast(long audienceId) =>
        new { messages = new[] { new { type = "text", text = "x" } }, recipient = new { type = "audience", audienceGroupId = audienceId } };

    private static void ShouldBe(ApiAnswer answer, string code)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json.GetProperty("details")[0].GetProperty("message").GetString().ShouldBe(code);
    }

    /// <summary>The audience's status and count, and the status of its newest upload.</summary>
    private static async Task<string> StatusAsync(Shop shop, long id)
    {
        var read = (await shop.GetAsync($"/v2/bot/audienceGroup/{id}")).Json;
        var job = read.GetProperty("jobs").EnumerateArray().Select(job => $" {job.GetProperty("jobStatus").GetString()}").FirstOrDefault();
        return $"{read.GetProperty("audienceGroup").GetProperty("status").GetString()} {read.GetProperty("audienceGroup").GetProperty("audienceCount").GetInt32()}{job}";
    }

    private static Task<ApiAnswer> FileAsync(Shop shop, HttpMethod method, string lines, params (string Name, string Value)[] fields) => FileAsync(shop, method, lines, "text/plain", fields);

    private static async Task<ApiAnswer> FileAsync(Shop shop, HttpMethod method, string lines, string type, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", "ids.txt");
        return await shop.SendAsync(method, "/v2/bot/audienceGroup/upload/byFile", form);
    }
}
