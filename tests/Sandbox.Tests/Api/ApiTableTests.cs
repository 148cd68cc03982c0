using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Api;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Api;

public sealed partial class ApiTableTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    /// <summary>What of LINE's API is not played, because no module channel can use it.</summary>
    private static readonly string[] NotPlayed =
    [
        "GET /v2/bot/membership/list", "GET /v2/bot/membership/subscription/{userId}", "GET /v2/bot/membership/{membershipId}/users/ids", // Memberships are of the account's own channel.
        "POST /bot/pnp/push", "GET /v2/bot/message/delivery/pnp",                                                                          // The flexible kind has no permission for modules.
    ];

    [PublishedCallsFact]
    public async Task Given_LINEs_published_descriptions_When_each_call_is_made_without_a_token_Then_the_sandbox_knows_it_or_says_why_not()
    {
        var published = Published("messaging-api.yml", "insight.yml", "manage-audience.yml", "module.yml").ToList();
        published.Count.ShouldBeGreaterThan(90);

        foreach (var (method, path) in published.Where(call => !NotPlayed.Contains($"{call.Method} {call.Path}")))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), PathHole().Replace(path, "x"));
            using var answer = await host.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}"); // An unknown path is 404 before anybody asks for a token.
        }

        foreach (var call in NotPlayed)
            published.ShouldContain((call.Split(' ')[0], call.Split(' ')[1]));
    }

    [PublishedCallsFact]
    public async Task Given_LINEs_published_token_calls_When_each_is_made_Then_the_sandbox_knows_it()
    {
        foreach (var (method, path) in Published("channel-access-token.yml"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new FormUrlEncodedContent([]) : null };
            using var answer = await host.Http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBeOneOf([200, 400], $"{method} {path}"); // Revoking nothing succeeds.
        }
    }

    [Theory]
    [InlineData(60, 3600, "POST /v2/bot/message/narrowcast", "POST /v2/bot/message/broadcast", "GET /v2/bot/insight/message/delivery", "GET /v2/bot/insight/followers", "GET /v2/bot/insight/demographic",
        "GET /v2/bot/insight/message/event", "GET /v2/bot/insight/message/event/aggregation", "GET /v2/bot/insight/richmenu/{richMenuId}/summary", "GET /v2/bot/insight/richmenu/{richMenuId}/daily",
        "POST /v2/bot/channel/webhook/test")]
    [InlineData(60, 60, "POST /v2/bot/audienceGroup/upload", "PUT /v2/bot/audienceGroup/upload", "POST /v2/bot/audienceGroup/upload/byFile", "PUT /v2/bot/audienceGroup/upload/byFile",
        "POST /v2/bot/audienceGroup/click", "POST /v2/bot/audienceGroup/imp", "PUT /v2/bot/audienceGroup/{audienceGroupId}/updateDescription", "DELETE /v2/bot/audienceGroup/{audienceGroupId}",
        "GET /v2/bot/audienceGroup/{audienceGroupId}", "GET /v2/bot/audienceGroup/list", "GET /v2/bot/audienceGroup/shared/{audienceGroupId}", "GET /v2/bot/audienceGroup/shared/list")]
    [InlineData(1000, 60, "GET /v2/bot/channel/webhook/endpoint", "PUT /v2/bot/channel/webhook/endpoint")]
    [InlineData(100, 3600, "POST /v2/bot/richmenu", "DELETE /v2/bot/richmenu/{richMenuId}", "DELETE /v2/bot/richmenu/alias/{richMenuAliasId}", "GET /v2/bot/richmenu/progress/batch")]
    [InlineData(3, 3600, "POST /v2/bot/richmenu/batch")]
    [InlineData(10, 1, "GET /v2/bot/richmenu/list")]
    [InlineData(200, 1, "POST /v2/bot/message/multicast", "POST /v2/bot/coupon", "GET /v2/bot/coupon", "GET /v2/bot/coupon/{couponId}", "PUT /v2/bot/coupon/{couponId}/close")]
    [InlineData(100, 1, "POST /v2/bot/chat/loading/start")]
    [InlineData(2000, 1, "POST /v2/bot/message/reply", "POST /v2/bot/message/push", "GET /v2/bot/profile/{userId}", "POST /v2/bot/chat/{chatId}/control/acquire", "POST /v2/bot/chat/{chatId}/control/release",
        "POST /v2/bot/channel/detach", "GET /v2/bot/list", "POST /v2/bot/message/pnp/templated/push", "POST /v2/bot/richmenu/validate")]
    public void Given_LINEs_table_of_rate_limits_When_a_call_is_looked_up_Then_its_limit_is_LINEs(int calls, int seconds, params string[] named)
    {
        foreach (var call in named)
            ApiTable.Find(call.Split(' ')[0], call.Split(' ')[1]).Limit.ShouldBe(new Rate(calls, TimeSpan.FromSeconds(seconds)), call);
    }

    [Fact]
    public void Given_the_table_of_calls_When_retry_keys_are_looked_for_Then_exactly_LINEs_four_sends_take_one() =>
        ApiTable.Rows.Where(row => row.TakesRetryKey).Select(row => row.Path).ShouldBe(
            ["/v2/bot/message/push", "/v2/bot/message/multicast", "/v2/bot/message/broadcast", "/v2/bot/message/narrowcast"], ignoreOrder: true);

    private static IEnumerable<(string Method, string Path)> Published(params string[] files)
    {
        foreach (var file in files)
        {
            string? path = null;
            foreach (var line in File.ReadLines(System.IO.Path.Combine(PublishedCallsFactAttribute.Folder!, file)))
            {
                if (PathLine().Match(line) is { Success: true } found)
                    path = found.Groups[1].Value;
                else if (path is not null && MethodLine().Match(line) is { Success: true } verb)
                    yield return (verb.Groups[1].Value.ToUpperInvariant(), path);
                else if (line == "components:")
                    break;
            }
        }
    }

    [GeneratedRegex("""^ {2}"?(/[^":]+)"?:\s*$""")]
    private static partial Regex PathLine();

    [GeneratedRegex("^ {4}(get|post|put|delete):")]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex PathHole();
}
