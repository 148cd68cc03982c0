using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModuleGateway.Tests.Ingress;

namespace ModuleGateway.Tests.Linkages;

/// <summary>Two modules lay what they get beside each other: what is equal in both could join their customers, so there is a list of it.</summary>
public sealed partial class UnlinkabilityTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly IReadOnlyList<string> Common = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Linkages", "CommonStrings.txt")).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];

    /// <summary>Ids of LINE's under names that nobody knows: found by their shape alone.</summary>
    private static readonly string[] Planted =
    [
        "U0f0e0d0c0b0a09080706050403020100", "C0f0e0d0c0b0a09080706050403020100", "R0f0e0d0c0b0a09080706050403020100",
        "LU1f1e1d1c1b1a19181716151413121110-U2f2e2d2c2b2a29282726252423222120",
    ];

    [SamplesFact]
    public async Task Given_all_samples_with_ids_planted_wherever_they_fit_When_two_modules_of_one_account_get_them_Then_no_string_is_equal_but_those_on_the_list()
    {
        var shop = await gateway.NewShopAsync();
        await CompareAsync([(shop, await shop.LinkAsync(answersFirst: true)), (shop, await shop.LinkAsync())]);
    }

    [SamplesFact]
    public async Task Given_all_samples_with_ids_planted_wherever_they_fit_When_modules_of_two_accounts_get_them_Then_no_string_is_equal_but_those_on_the_list()
    {
        var (salon, cafe) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        await CompareAsync([(salon, await salon.LinkAsync(answersFirst: true)), (cafe, await cafe.LinkAsync(answersFirst: true))]);
    }

    private async Task CompareAsync((Shop Shop, LinkedDouble Module)[] two)
    {
        var secrets = new HashSet<string>();
        var got = two.Select(_ => new List<Got>()).ToList();
        foreach (var file in WebhookSampleTests.Files)
        {
            var sample = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var bodies = new[] { sample, (JsonObject)Plant(sample) };
            foreach (var body in bodies)
            {
                Collect(body, secrets);
                foreach (var shop in two.Select(one => one.Shop).Distinct())
                {
                    body["destination"] = shop.Bot.ToString();
                    (await gateway.PostWebhookAsync(body.ToJsonString())).ShouldBe(HttpStatusCode.OK, file);
                }

                // Before the next, which may take back what this one brought.
                var count = body["events"]!.AsArray().Count(WebhookSampleTests.IsForAll);
                for (var i = 0; i < two.Length; i++)
                    got[i].AddRange(await TakeAsync(two[i].Module, count));
            }
        }

        secrets.Count.ShouldBeGreaterThan(15);

        var (one, other) = (Strings(got[0]), Strings(got[1]));
        var linking = one.Keys.Intersect(other.Keys).Select(text => (Text: text, Places: one[text].Concat(other[text]).Where(place => !Common.Contains(place)).Distinct().ToList())).Where(both => both.Places.Count > 0);
        linking.Select(both => $"{both.Text} in {string.Join(", ", both.Places)}").ShouldBeEmpty();

        // Nor does an id of LINE's stand inside of anything that is not somebody's own text.
        var inside = one.Concat(other).Where(entry => entry.Value.Any(place => !IsOwnText(place))).Select(entry => entry.Key).Where(text => Bits().Matches(text).Any(match => IsLines(match.Value, secrets)) || secrets.Contains(text));
        inside.ShouldBeEmpty();
    }

    /// <summary>What a module gets of the samples, beside what it is told of itself.</summary>
    private static async Task<IReadOnlyList<Got>> TakeAsync(LinkedDouble module, int count)
    {
        var got = new List<Got>();
        while (got.Sum(one => one.Events.Count) < count)
            got.Add(await module.Module.NextAsync());
        got.Sum(one => one.Events.Count).ShouldBe(count);
        return got;
    }

    /// <summary>Each string with the places that it stands in.</summary>
    private static Dictionary<string, HashSet<string>> Strings(IReadOnlyList<Got> got)
    {
        var strings = new Dictionary<string, HashSet<string>>();
        foreach (var one in got)
        {
            Walk(one.Json, "", (place, text) => Add(place, text));
            foreach (var (name, value) in one.Headers)
                Add("header " + name, value);
        }

        return strings;

        void Add(string place, string text)
        {
            strings.TryAdd(text, []);
            strings[text].Add(place);
        }
    }

    private static void Walk(JsonNode? node, string place, Action<string, string> found)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    if (IdShape().IsMatch(name))
                        found(place + " name", name);
                    Walk(value, place.Length > 0 ? $"{place}.{name}" : name, found);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                    Walk(item, place, found);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0: // An empty one says nothing.
                found(place, text);
                break;
            default:
                break;
        }
    }

    /// <summary>The same body with ids under unknown names, in every object: as strings, in lists, in objects below, and once escaped.</summary>
    private static JsonNode Plant(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                var copy = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : Plant(field.Value))));
                for (var i = 0; i < Planted.Length; i++)
                    copy[$"planted{i}"] = Planted[i];
                copy["plantedList"] = new JsonArray([.. Planted.Select(id => (JsonNode)id), new JsonArray(Planted[0], new JsonObject { ["deep"] = Planted[1] })]);
                copy["plantedObject"] = new JsonObject { ["one"] = Planted[2], ["two"] = new JsonObject { ["three"] = Planted[3], ["userId"] = Planted[0], ["roomId"] = "an odd room", ["userIds"] = new JsonArray("an odd user", Planted[3]) } };
                copy[Planted[0]] = 1;
                copy["markAsReadToken"] = "LINE's own mark-as-read token";
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Plant(item))]);
            default:
                return node.DeepClone();
        }
    }

    /// <summary>LINE's ids and tokens of a body: none of them may go out.</summary>
    private static void Collect(JsonNode body, HashSet<string> into) => Walk(body, "", (place, text) =>
    {
        var name = place.Split('.')[^1];
        if (name is "userId" or "groupId" or "roomId" or "userIds" or "replyToken" or "markAsReadToken" || Planted.Contains(text))
            into.Add(text);
    });

    private static bool IsLines(string bits, HashSet<string> secrets) => secrets.Any(secret => secret.Contains(bits, StringComparison.Ordinal));

    private static bool IsOwnText(string place) => place is "events.message.text" or "events.postback.data" or "events.link.nonce";

    [GeneratedRegex("^(LU[0-9a-f]{32}-)?[UCR][0-9a-f]{32}$")]
    private static partial Regex IdShape();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Bits();
}
