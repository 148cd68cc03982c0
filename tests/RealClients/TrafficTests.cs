using System.Text.Json;
using ModuleGateway.Tests.Published;

namespace RealClients;

/// <summary>What passed on both sides of the gateway in that run, against LINE's published descriptions.</summary>
[Collection(SdkRun.Name)]
public sealed class TrafficTests(SdkRun run)
{
    [DescriptionsFact]
    public async Task Given_the_traffic_of_the_SDK_When_it_is_held_against_LINEs_descriptions_Then_every_request_and_every_answer_is_valid()
    {
        var verdict = await ValidateAsync(run.Traffic.Exchanges.Select(exchange => exchange.ToLine()));

        verdict.Faults.Select(fault => fault.ToString()).Distinct().ShouldBeEmpty();
        verdict.Exchanges.ShouldBe(run.Traffic.Exchanges.Count);
    }

    [DescriptionsFact]
    public async Task Given_traffic_that_passed_When_a_part_deep_inside_is_broken_Then_the_validator_sees_it()
    {
        var push = run.Traffic.Exchanges.First(exchange => exchange.Side == "module" && exchange.Path == "/v2/bot/message/push" && exchange.Request!.Contains("\"carousel\"", StringComparison.Ordinal));
        var list = run.Traffic.Exchanges.First(exchange => exchange.Side == "line" && exchange.Path == "/v2/bot/richmenu/list");
        var webhook = run.Traffic.Exchanges.First(exchange => exchange.Side == "webhook" && exchange.Request!.Contains("\"text\"", StringComparison.Ordinal));
        Traffic.Exchange[] broken =
        [
            push with { Request = push.Request!.Replace("\"wrap\"", "\"wrapp\"", StringComparison.Ordinal) },
            push with { Request = push.Request!.Replace("\"bubble\"", "\"bubbles\"", StringComparison.Ordinal) },
            push with { Request = push.Request!.Replace("\"micro\"", "\"tiny\"", StringComparison.Ordinal) },
            list with { Response = list.Response!.Replace("\"displayText\"", "\"displaytext\"", StringComparison.Ordinal) },
            list with { Response = list.Response!.Replace("\"width\":2500", "\"width\":\"2500\"", StringComparison.Ordinal) },
            webhook with { Request = webhook.Request!.Replace("\"isRedelivery\":false", "\"isRedelivery\":\"no\"", StringComparison.Ordinal) },
        ];

        foreach (var exchange in broken)
            (await ValidateAsync([exchange.ToLine()])).Faults.ShouldNotBeEmpty(exchange.ToLine());
    }

    private static async Task<Verdict> ValidateAsync(IEnumerable<string> lines)
    {
        await SdkFolder.FetchAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var program = NodeProgram.Start(SdkFolder.Path, new Dictionary<string, string>(), "validate.mjs", DescriptionsFactAttribute.Folder!);
        foreach (var line in lines)
            await program.WriteAsync(line);
        program.EndInput();
        var (code, output, errors) = await program.EndAsync(limit.Token);
        code.ShouldBe(0, errors);
        return JsonSerializer.Deserialize<Verdict>(output, JsonSerializerOptions.Web)!;
    }

    private sealed record Verdict(int Exchanges, IReadOnlyList<Fault> Faults);

    private sealed record Fault(string Side, string Operation, string What, [property: System.Text.Json.Serialization.JsonPropertyName("fault")] string Words, int? Status);
}
