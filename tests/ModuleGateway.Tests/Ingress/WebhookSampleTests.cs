using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Ingress;

/// <summary>Real webhook bodies, from the samples beside the repository where they lie there.</summary>
public sealed class WebhookSampleTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    internal static readonly string? Folder = FindFolder();

    /// <summary>In order, but last the one that takes the others' message back: what came after it would be kept from everybody.</summary>
    internal static IEnumerable<string> Files => Directory.EnumerateFiles(Folder!, "*.json").Order(StringComparer.Ordinal).OrderBy(file => Path.GetFileName(file) == "unsend.json");

    /// <summary>What may differ between LINE's event and a module's copy.</summary>
    private static readonly string[] Differing = ["userId", "groupId", "roomId", "mode", "replyToken", "markAsReadToken"];

    [SamplesFact]
    public async Task Given_every_real_sample_When_LINE_sends_it_Then_the_module_gets_each_event_once_and_nothing_of_it_is_lost()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (sent, got) = (new List<JsonObject>(), new List<JsonObject>());
        foreach (var file in Files)
        {
            var body = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            body["destination"] = shop.Bot.ToString();
            (await gateway.PostWebhookAsync(body.ToJsonString())).ShouldBe(HttpStatusCode.OK, file);
            var forAll = body["events"]!.AsArray().Select(one => (JsonObject)one!).Where(IsForAll).ToList();
            sent.AddRange(forAll);
            got.AddRange(await TakeAsync(module, forAll.Count)); // Before the next, which may take back what this one brought.
        }

        sent.Count.ShouldBeGreaterThan(25);
        foreach (var original in sent)
        {
            var copies = got.Where(copy => JsonNode.DeepEquals(Common(copy), Common(original))).ToList();
            copies.Count.ShouldBe(sent.Count(other => JsonNode.DeepEquals(Common(other), Common(original))), original.ToJsonString());
        }

        var everything = string.Join('\n', module.Module.All.Select(one => one.Body));
        foreach (var id in sent.SelectMany(Ids).Distinct())
            everything.ShouldNotContain($"\"{id}\"");
        module.Module.All.ShouldAllBe(one => one.SignatureIsValid);
        module.Module.All.ShouldAllBe(one => (string?)one.Json["destination"] == shop.Bot.ToString());
    }

    /// <summary>Whether every module gets it: of an account link and of a delivered notification only the one hears that began it, which here was nobody.</summary>
    public static bool IsForAll(JsonNode? sample) => (string?)sample!["type"] is not ("accountLink" or "delivery");

    /// <summary>Takes this many events, then one more of a customer: had anything come twice, it would stand before that one in its chat or be counted.</summary>
    private static async Task<List<JsonObject>> TakeAsync(LinkedDouble module, int count)
    {
        var got = new List<JsonObject>();
        while (got.Count < count)
            got.AddRange((await module.Module.NextAsync()).Events);
        got.Count.ShouldBe(count);
        return got;
    }

    /// <summary>The event without what may differ, at any depth.</summary>
    private static JsonNode? Common(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Where(field => !Differing.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, Common(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Common)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Ids(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key is "userId" or "groupId" or "roomId" ? [(string)field.Value!] : Ids(field.Value)),
        JsonArray items => items.SelectMany(Ids),
        _ => [],
    };

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "webhook-samples");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
