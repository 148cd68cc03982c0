using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace BadInput;

/// <summary>
/// Requests that nobody should send, made of a valid one of every call: each is refused as LINE would, and nothing is other than before. Environment:
/// <c>MARKETPLACE_TEST_BAD_INPUT</c> says how many (1500), <c>MARKETPLACE_TEST_BAD_INPUT_SEED</c> which (1).
/// </summary>
public sealed class BadInputTests(ITestOutputHelper output)
{
    private const int UsualCount = 1500;
    private const int UsualSeed = 1;
    private const int FailuresShown = 25;

    /// <summary>For one answer, on a machine that does other things too.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    private const long GrowthBytesMax = 256L * 1024 * 1024;

    [Fact]
    public async Task Given_valid_requests_of_every_call_When_each_is_spoilt_in_every_way_Then_each_is_refused_as_LINE_would_and_nothing_changes()
    {
        var (count, seed) = (Number("MARKETPLACE_TEST_BAD_INPUT") ?? UsualCount, Number("MARKETPLACE_TEST_BAD_INPUT_SEED") ?? UsualSeed);
        output.WriteLine($"{count} requests, seed {seed}");
        await using var stage = await Stage.StartAsync();
        var samples = new Samples(stage);
        await AllReadsAsync(stage, samples);
        await SettleAsync(stage, samples);
        var requests = Make(stage, samples, count, seed);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var failures = new List<string>();
        var answered = new SortedDictionary<int, int>();
        var slowest = TimeSpan.Zero;
        // What must change nothing comes first. What may pass has its effects, some of them later: of these only the answers are looked at.
        foreach (var bad in requests.Where(one => one.Fate != Fate.MayPass).Concat(requests.Where(one => one.Fate == Fate.MayPass).OrderByDescending(one => one.Sample.ChangesNothing)))
        {
            var answer = await RawClient.SendAsync(stage.Addresses.Gateway, bad.Request, AnswerMax);
            answered[answer.Status] = answered.GetValueOrDefault(answer.Status) + 1;
            slowest = answer.Took > slowest ? answer.Took : slowest;
            var wrong = Wrong(bad, answer);
            if (bad.Fate != Fate.MayPass && stage.Kept.Changes() is { Count: > 0 } changes)
                wrong.Add("changed:\n" + string.Join('\n', changes.Take(4)));
            if (wrong.Count > 0)
                failures.Add($"{bad}\n=> {answer.Status} {answer.Text}\n{string.Join('\n', wrong)}");
        }

        output.WriteLine($"{requests.Count} sent; answers: {string.Join(", ", answered.Select(one => $"{one.Key}: {one.Value}"))}; slowest {slowest.TotalMilliseconds:0} ms");
        output.WriteLine(string.Join(", ", requests.CountBy(one => one.Fate).Select(one => $"{one.Key} {one.Value}")));
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"memory {grown / 1024 / 1024} MB more");
        failures.ShouldBeEmpty($"seed {seed}, {failures.Count} of {requests.Count}:\n\n{string.Join("\n\n", failures.Take(FailuresShown))}");
        grown.ShouldBeLessThan(GrowthBytesMax);

        // The next one is served as if nothing had been; the chat may have been given back by what passed.
        foreach (var name in new[] { "GET /v2/bot/info", "GET /v2/bot/profile/{userId}", "POST /v2/bot/chat/{chatId}/control/acquire", "POST /v2/bot/message/push", "POST /oauth2/v3/token" })
            (await RawClient.SendAsync(stage.Addresses.Gateway, samples.Of(name).Request, AnswerMax)).Status.ShouldBe(200, name);
    }

    /// <summary>In turns over all calls, so that each gets as many.</summary>
    private static List<BadRequest> Make(Stage stage, Samples samples, int count, int seed)
    {
        var mutations = new Mutations(stage, new Random(seed));
        var made = new List<BadRequest>();
        var turns = Samples.Names.Select(name => Endless(mutations, () => samples.Of(name)).GetEnumerator()).ToList();
        while (made.Count < count)
        {
            foreach (var turn in turns.TakeWhile(_ => made.Count < count))
            {
                turn.MoveNext();
                made.Add(turn.Current);
            }
        }

        return made;
    }

    private static IEnumerable<BadRequest> Endless(Mutations mutations, Func<Sample> fresh)
    {
        while (true)
        {
            foreach (var bad in mutations.Of(fresh))
                yield return bad;
        }
    }

    private static List<string> Wrong(BadRequest bad, RawAnswer answer)
    {
        var wrong = new List<string>();
        if (answer.Status >= 500)
            wrong.Add("an error of ours");
        if (answer.Succeeded && bad.Fate is Fate.Refused or Fate.NoHttp && answer.Succeeded)
            wrong.Add("accepted");
        if (bad.Fate == Fate.NoHttp)
            return wrong; // Said by the web server, or by nobody: the connection ends.

        if (answer.Status is not ((>= 200 and < 300) or (>= 400 and < 500)))
            wrong.Add("no such status");
        if (!answer.Headers.ContainsKey("x-line-request-id"))
            wrong.Add("no x-line-request-id");
        if (!answer.Succeeded && !IsLineShaped(answer.Body, bad.Sample.IsToken))
            wrong.Add("not LINE's shape");
        return wrong;
    }

    /// <summary><c>{"message", "details"?, "sentMessages"?}</c>; at token endpoints also <c>{"error", "error_description"?}</c>.</summary>
    private static bool IsLineShaped(byte[] body, bool isToken)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var names = json.RootElement.EnumerateObject().Select(one => one.Name).ToHashSet();
            return (names.Contains("message") && names.IsSubsetOf(["message", "details", "sentMessages"])) || (isToken && names.Contains("error") && names.IsSubsetOf(["error", "error_description"]));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false; // What the test is about.
        }
    }

    /// <summary>Every call that reads is answered to a valid request: what is spoilt below was good. But an audience is nobody's to share here.</summary>
    private static async Task AllReadsAsync(Stage stage, Samples samples)
    {
        var refused = new StringBuilder();
        foreach (var sample in Samples.Names.Select(samples.Of).Where(one => one is { ChangesNothing: true, IsToken: false } && !one.Name.EndsWith("/shared/{audienceGroupId}", StringComparison.Ordinal)))
        {
            var answer = await RawClient.SendAsync(stage.Addresses.Gateway, sample.Request, AnswerMax);
            if (!answer.Succeeded)
                refused.AppendLine(CultureInfo.InvariantCulture, $"{sample.Request}\n=> {answer.Status} {answer.Text}");
        }

        refused.ToString().ShouldBeEmpty();
    }

    /// <summary>What was begun before has come to its end when all that only reads changes nothing any more.</summary>
    internal static async Task SettleAsync(Stage stage, Samples samples)
    {
        const int triesMax = 20; // A batch may be looked at 100 times an hour.
        IReadOnlyList<string> changes = [];
        for (var i = 0; i < triesMax; i++)
        {
            SpinWait.SpinUntil(() => !stage.Kept.IsOwing, AnswerMax); // Outcomes are written in groups, a moment after their deliveries.
            _ = stage.Kept.Changes();
            foreach (var sample in Samples.Names.Select(samples.Of).Where(one => one.Request.Method == "GET" && !one.Name.Contains("insight", StringComparison.Ordinal) && !one.Name.Contains("progress", StringComparison.Ordinal) && !one.Name.Contains("audienceGroup", StringComparison.Ordinal)))
                await RawClient.SendAsync(stage.Addresses.Gateway, sample.Request, AnswerMax);
            changes = stage.Kept.Changes();
            if (changes.Count == 0 && !await stage.IsBusyAsync() && stage.Kept.Changes().Count == 0)
                return;
        }

        throw new TimeoutException($"What was made before does not come to rest:\n{string.Join('\n', changes)}");
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
