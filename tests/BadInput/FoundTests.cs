using System.Text;

namespace BadInput;

/// <summary>What requests made by chance once did to the gateway or to LINE's platform, one by one.</summary>
public sealed class FoundTests
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Given_what_once_went_wrong_When_it_comes_again_Then_it_is_refused_with_400_and_nothing_changes()
    {
        await using var stage = await Stage.StartAsync();
        var samples = new Samples(stage);
        await BadInputTests.SettleAsync(stage, samples);
        await AllRefusedAsync(stage,
        [
            .. new[] { "POST /v2/bot/message/push", "POST /v2/bot/channel/detach", "POST /oauth2/v3/token", "POST /v2/bot/richmenu/{richMenuId}/content" }
                .Select(name => ("a length of a piece beyond all numbers", samples.Of(name).Request with { Chunks = "ffffffffffffffffffff\r\nabc\r\n"u8.ToArray() })),
            ("bytes that are no text in a field that nobody reads", WithBody(samples.Of("POST /v2/bot/message/push"), "hello", "\u00ff")),
            ("half a character in a field that nobody reads", WithBody(samples.Of("POST /v2/bot/message/push"), "hello", "\\ud800")),
            ("half a character in a name", WithBody(samples.Of("POST /v2/bot/chat/{chatId}/control/acquire"), "{", "{\"\\ud800\":1,")),
            ("detach as text", samples.Of("POST /v2/bot/channel/detach").Request.With("Content-Type", "text/plain")),
            ("a form in an encoding that nobody has", samples.Of("POST /oauth2/v3/token").Request.With("Content-Type", "application/x-www-form-urlencoded; charset=utf-7")),
            ("a form of too many fields", samples.Of("POST /v2/oauth/verify").Request with { Body = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 2000).Select(i => $"a{i}=1"))) }),
            ("a notification that LINE refuses", WithBody(samples.Of("POST /v2/bot/message/pnp/templated/push"), "\"reserve_ja\"", "12")),
            ("a truth that is none", WithBody(samples.Of("POST /v2/bot/audienceGroup/upload"), "\"isIfaAudience\":false", "\"isIfaAudience\":\"text\"")),
            ("a file that breaks off", samples.Of("PUT /v2/bot/audienceGroup/upload/byFile").Request is var cut ? cut with { Body = cut.Body![..(cut.Body.Length / 3)] } : cut),
        ]);
    }

    [Fact]
    public async Task Given_every_trick_with_an_assertion_When_a_token_is_asked_for_by_it_Then_none_opens_a_door()
    {
        await using var stage = await Stage.StartAsync();
        var samples = new Samples(stage);
        await BadInputTests.SettleAsync(stage, samples);
        var calls = Samples.TokenCalls.Select(samples.Of).Where(sample => sample.Form!.Any(field => field.Name == "client_assertion")).ToList();
        calls.Count.ShouldBe(3);

        var wrong = new List<string>();
        foreach (var sample in calls)
        {
            foreach (var (name, make) in Assertions.Tricks)
            {
                var request = Samples.Filled(sample.Request, sample.Form!.Select(field => field.Name == "client_assertion" ? (field.Name, make(stage)) : field));
                var answer = await RawClient.SendAsync(stage.Addresses.Gateway, request, AnswerMax);
                if (answer.Status is < 400 or >= 500)
                    wrong.Add($"{sample.Name}, {name}: {answer.Status} {answer.Text}");
                wrong.AddRange(stage.Kept.Changes().Select(change => $"{sample.Name}, {name}: {change}"));
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public async Task Given_an_alias_When_its_module_only_looks_at_it_Then_nothing_is_written()
    {
        await using var stage = await Stage.StartAsync();
        var samples = new Samples(stage);
        await BadInputTests.SettleAsync(stage, samples);
        (await RawClient.SendAsync(stage.Addresses.Gateway, samples.Of("GET /v2/bot/richmenu/alias/{richMenuAliasId}").Request, AnswerMax)).Status.ShouldBe(200);
        stage.Kept.Changes().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_coupon_that_says_a_property_twice_When_it_is_made_Then_LINE_reads_the_last()
    {
        await using var stage = await Stage.StartAsync();
        var request = WithBody(new Samples(stage).Of("POST /v2/bot/coupon"), "{\"title\"", "{\"title\":\"First\",\"title\"");
        (await RawClient.SendAsync(stage.Addresses.Gateway, request, AnswerMax)).Status.ShouldBe(200);
    }

    private static RawRequest WithBody(Sample sample, string text, string other)
    {
        var body = Encoding.Latin1.GetString(sample.Request.Body!);
        body.ShouldContain(text);
        var at = body.IndexOf(text, StringComparison.Ordinal);
        return sample.Request with { Body = Encoding.Latin1.GetBytes(body.Remove(at, text.Length).Insert(at, other)) };
    }

    private static async Task AllRefusedAsync(Stage stage, IReadOnlyList<(string Name, RawRequest Request)> found)
    {
        var wrong = new List<string>();
        foreach (var (name, request) in found)
        {
            var answer = await RawClient.SendAsync(stage.Addresses.Gateway, request, AnswerMax);
            if (answer.Status != 400)
                wrong.Add($"{name}: {answer.Status} {answer.Text}");
            wrong.AddRange(stage.Kept.Changes().Select(change => $"{name}: {change}"));
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }
}
