using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BadInput;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Store;
using Xunit.Abstractions;

namespace ModuleGateway.Tests.Ingress;

/// <summary>
/// Webhooks that nobody should send, signed and unsigned: each is refused whole or kept whole, and what was kept stands in nobody's way. Environment:
/// <c>MARKETPLACE_TEST_BAD_INPUT</c> says how many (1500), <c>MARKETPLACE_TEST_BAD_INPUT_SEED</c> which (1).
/// </summary>
public sealed class BadWebhookTests(GatewayHost gateway, ITestOutputHelper output) : IClassFixture<GatewayHost>
{
    private const int UsualCount = 1500;
    private const int FailuresShown = 20;
    private const int DeliveredMax = 400; // Of those that were kept.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Given_webhooks_that_nobody_should_send_When_each_arrives_Then_it_is_refused_or_kept_whole_and_the_next_one_is_served()
    {
        var (count, seed) = (Number("MARKETPLACE_TEST_BAD_INPUT") ?? UsualCount, Number("MARKETPLACE_TEST_BAD_INPUT_SEED") ?? 1);
        var (nowhere, shop) = (await gateway.NewShopAsync(attached: false), await gateway.NewShopAsync());
        var module = await shop.LinkAsync(answersFirst: true);
        await gateway.RouteAsync();

        // To an account that is not connected: what is kept is routed to nobody, and can be counted.
        var (failures, answered, kept) = (new List<string>(), new SortedDictionary<int, int>(), new List<byte[]>());
        foreach (var bad in new BadWebhooks(() => Webhook(nowhere), new Random(seed)).All().Take(count))
        {
            var before = await LastAsync();
            var answer = await RawClient.SendAsync(gateway.Http.BaseAddress!, bad.Request, AnswerMax);
            var stored = await LastAsync() - before;
            answered[answer.Status] = answered.GetValueOrDefault(answer.Status) + 1;
            if (bad.Events is { } events ? (answer.Status, stored) != (200, events) : answer.Status is not (0 or >= 400 and < 500) || stored != 0)
                failures.Add($"{bad}\n=> {answer.Status} {answer.Text}, {stored} events stored and not {bad.Events ?? 0}");
            else if (bad.Events > 0)
                kept.Add(bad.Body);
        }

        output.WriteLine($"{count} sent, seed {seed}; answers: {string.Join(", ", answered.Select(one => $"{one.Key}: {one.Value}"))}; {kept.Count} kept");
        failures.ShouldBeEmpty($"seed {seed}, {failures.Count} of {count}:\n\n{string.Join("\n\n", failures.Take(FailuresShown))}");
        kept.Count.ShouldBeInRange(count / 10, count * 9 / 10); // Both were tried.

        // To one that is: what was kept goes through routing and out to a module, and holds up nothing that comes after it.
        foreach (var body in kept.Take(DeliveredMax).Select(body => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(nowhere.Bot.ToString(), shop.Bot.ToString(), StringComparison.Ordinal))))
            (await RawClient.SendAsync(gateway.Http.BaseAddress!, BadWebhooks.Signed(body), AnswerMax)).Status.ShouldBe(200);
        await shop.WriteAsync("alice", "still there");
        while (!(await module.Module.NextOfAnyKindAsync()).Body.Contains("still there", StringComparison.Ordinal))
        {
        }

        await gateway.RouteAsync();
        await gateway.Services.GetRequiredService<DeliveryEngine>().RestingAsync().WaitAsync(TimeSpan.FromSeconds(60));
        gateway.Log.Lines.ShouldNotContain(line => line.Contains("taken up again", StringComparison.Ordinal));
    }

    private JsonObject Webhook(Shop shop) => new()
    {
        ["destination"] = shop.Bot.ToString(),
        ["events"] = new JsonArray(shop.Message("alice", "hello", replyToken: "0123456789abcdef0123456789abcdef")),
    };

    private Task<long> LastAsync() => gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Events.LastSeq());

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
