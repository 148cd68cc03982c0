using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using ModuleGateway.Tests.Published;

namespace ModuleGateway.Tests.Owned;

/// <summary>Two modules on one account, and every call of the table: of the other's things nothing is seen, listed, changed, or told apart from what does not exist.</summary>
public sealed class IsolationTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    /// <summary>Calls that name, make and list nothing that LINE keeps for the channel. A new row is here, or says in its column Things what it divides.</summary>
    private static readonly string[] DividesNothing =
    [
        // About one chat, and the linkage's own ids of it.
        "POST /v2/bot/chat/loading/start", "POST /v2/bot/chat/markAsRead", "POST /v2/bot/message/markAsRead", "POST /v2/bot/chat/{chatId}/control/acquire",
        "POST /v2/bot/chat/{chatId}/control/release", "GET /v2/bot/profile/{userId}", "GET /v2/bot/followers/ids", "POST /v2/bot/user/{userId}/linkToken",
        "GET /v2/bot/group/{groupId}/summary", "GET /v2/bot/group/{groupId}/members/count", "GET /v2/bot/group/{groupId}/members/ids", "GET /v2/bot/group/{groupId}/member/{userId}",
        "POST /v2/bot/group/{groupId}/leave", "GET /v2/bot/room/{roomId}/members/count", "GET /v2/bot/room/{roomId}/members/ids", "GET /v2/bot/room/{roomId}/member/{userId}",
        "POST /v2/bot/room/{roomId}/leave", "GET /v2/bot/message/{messageId}/content", "GET /v2/bot/message/{messageId}/content/preview", "GET /v2/bot/message/{messageId}/content/transcoding",
        "POST /v2/bot/message/pnp/templated/push",

        // The account's, for all its modules alike.
        "GET /v2/bot/info", "GET /v2/bot/message/quota", "GET /v2/bot/message/quota/consumption", "GET /v2/bot/message/delivery/reply", "GET /v2/bot/message/delivery/push",
        "GET /v2/bot/message/delivery/multicast", "GET /v2/bot/message/delivery/broadcast", "GET /v2/bot/message/delivery/pnp/templated", "GET /v2/bot/insight/message/delivery",
        "GET /v2/bot/insight/followers", "GET /v2/bot/insight/demographic",

        // The place where a menu is shown belongs to who speaks there.
        "DELETE /v2/bot/user/all/richmenu", "DELETE /v2/bot/user/{userId}/richmenu", "POST /v2/bot/richmenu/bulk/unlink",

        // Answered from the caller's own rows alone: UnitTests.
        "GET /v2/bot/message/aggregation/info", "GET /v2/bot/message/aggregation/list",

        // The module's own URL, of which LINE knows nothing.
        "GET /v2/bot/channel/webhook/endpoint", "PUT /v2/bot/channel/webhook/endpoint", "POST /v2/bot/channel/webhook/test",
    ];

    private static readonly string[] NamesOfThings = ["richMenuId", "richMenuAliasId", "audienceGroupId", "couponId", "requestId", "customAggregationUnit", "customAggregationUnits", "from", "to"];

    public static TheoryData<string> Naming => [.. FacadeTable.All.Where(row => row.Things.Any(IsRefused)).Select(row => row.Name)];

    public static TheoryData<string> Mapping => [.. FacadeTable.All.Where(row => row.Things.Any(place => IsName(place.Kind) && IsNamed(place))).Select(row => row.Name)];

    public static TheoryData<string> Telling => [.. FacadeTable.All.Where(row => row.Things.Any(place => place.Where is ThingWhere.List or ThingWhere.Answer)).Select(row => row.Name)];

    public static TheoryData<string> Making => [.. FacadeTable.All.Where(row => row.Things.Any(place => place.Where == ThingWhere.Made && !IsName(place.Kind))).Select(row => row.Name)];

    [Fact]
    public void Given_the_table_of_calls_When_a_row_divides_nothing_Then_somebody_has_said_why()
    {
        FacadeTable.All.Where(row => row.Things.Count == 0).Select(row => row.Name).Except(DividesNothing).ShouldBeEmpty();
        FacadeTable.All.Where(row => row.Things.Count > 0).Select(row => row.Name).Intersect(DividesNothing).ShouldBeEmpty();
        Naming.Count.ShouldBeGreaterThan(25);
    }

    [DescriptionsFact]
    public void Given_LINEs_descriptions_When_a_call_names_a_thing_in_its_path_query_or_body_Then_its_row_says_so()
    {
        var missing = new List<string>();
        var seen = 0;
        foreach (var description in Directory.EnumerateFiles(DescriptionsFactAttribute.Folder!, "*.yml").Order(StringComparer.Ordinal).Select(Description.Read))
        {
            var texts = description.Places().Where(place => NamesOfThings.Contains(LastOf(place.Path))).ToList();
            foreach (var operation in description.Operations.Where(operation => FacadeTable.All.Any(row => row.Name == operation.Name)))
            {
                var row = FacadeTable.All.Single(row => row.Name == operation.Name);
                var named = description.Parameters(operation).Select(parameter => (string)parameter["name"]!).Where(NamesOfThings.Contains)
                    .Concat(texts.Where(place => description.Bodies(operation).Any(body => body.What == "request" && description.Plant(body.Schema, place, "x") is not null)).Select(place => LastOf(place.Path)));
                foreach (var name in named.Distinct())
                {
                    seen++;
                    if (!row.Things.Any(place => place.Name == name && IsNamed(place)) && !IsNoThing(row, name))
                        missing.Add($"{row.Name}: {name}");
                }
            }
        }

        seen.ShouldBeGreaterThan(30);
        missing.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Naming))]
    public async Task Given_a_thing_of_another_linkage_When_a_call_names_it_Then_it_does_not_exist_and_LINE_hears_nothing_but_ones_own_goes_on(string name)
    {
        var row = Row(name);
        foreach (var place in row.Things.Where(IsRefused))
        {
            var (caller, other) = await TwoAsync(); // Of some calls LINE allows three an hour.
            var (own, foreign, missing) = (NewId(place.Kind), NewId(place.Kind), NewId(place.Kind));
            await PutAsync(caller, place.Kind, own);
            await PutAsync(other, place.Kind, foreign);
            var token = await ReplyTokenAsync(caller, row);

            var (status, body) = await CallAsync(caller, row, place, foreign, token);
            var (missed, missedBody) = await CallAsync(caller, row, place, missing, token);
            ((int)status).ShouldBeInRange(400, 404, $"{name}: {place}");
            (status, body.Replace(foreign, "%", StringComparison.Ordinal)).ShouldBe((missed, missedBody.Replace(missing, "%", StringComparison.Ordinal)), $"{name}: {place}");
            gateway.Line.Calls.ShouldNotContain(call => Says(call, foreign) || Says(call, missing), $"{name}: {place}");

            var (went, _) = await CallAsync(caller, row, place, own, token);
            ((int)went).ShouldBeInRange(200, 202, $"{name}: {place}");
            gateway.Line.Calls.ShouldContain(call => Says(call, own), $"{name}: {place}");
        }
    }

    [Theory, MemberData(nameof(Mapping))]
    public async Task Given_a_name_of_another_linkages_When_a_call_says_it_or_what_LINE_calls_it_Then_LINE_hears_neither(string name)
    {
        var row = Row(name);
        var (caller, other) = await TwoAsync();
        foreach (var place in row.Things.Where(place => IsName(place.Kind) && IsNamed(place)))
        {
            var theirs = Ids(other).NameToLine(place.Kind == ThingKind.Unit ? ModuleGateway.Linkages.NameKind.Unit : ModuleGateway.Linkages.NameKind.Alias, "theirs");
            foreach (var said in new[] { "theirs", theirs })
            {
                var token = await ReplyTokenAsync(caller, row);
                var calls = gateway.Line.Calls.Count;
                var (went, _) = await CallAsync(caller, row, place, said, token);
                ((int)went).ShouldBeInRange(200, 202, $"{name}: {place}");
                gateway.Line.Calls.Skip(calls).ShouldNotBeEmpty();
                gateway.Line.Calls.Skip(calls).ShouldNotContain(call => Says(call, "theirs") || Says(call, theirs), $"{name}: {place}");
            }
        }
    }

    [Theory, MemberData(nameof(Telling))]
    public async Task Given_LINEs_answer_with_things_of_two_linkages_When_a_module_asks_Then_it_is_told_its_own_alone(string name)
    {
        var row = Row(name);
        var place = row.Things.Single(one => one.Where is ThingWhere.List or ThingWhere.Answer);
        var (caller, other) = await TwoAsync();
        var (own, foreign, nobodys) = (NewId(place.Kind), NewId(place.Kind), NewId(place.Kind));
        await PutAsync(caller, place.Kind, own);
        await PutAsync(other, place.Kind, foreign);
        string Answer(params string[] ids) => place.Where == ThingWhere.Answer
            ? new JsonObject { [place.Name] = ids[0] }.ToJsonString()
            : new JsonObject { [place.Name] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { [IdName(place.Kind)] = Value(place.Kind, id), ["also"] = "\u00e4" })]), ["totalCount"] = ids.Length }.ToJsonString();
        async Task<(HttpStatusCode Status, string Body)> AskAsync(params string[] ids)
        {
            gateway.Line.Answer = call => call.Bot == caller.Bot.ToString() ? (200, Answer(ids)) : null;
            return await CallAsync(caller, row, null, "", null);
        }

        try
        {
            var (status, body) = place.Where == ThingWhere.Answer ? await AskAsync(own) : await AskAsync(foreign, own, nobodys);
            status.ShouldBe(HttpStatusCode.OK);
            var seen = IsName(place.Kind) ? Ids(caller).NameFromLine(ModuleGateway.Linkages.NameKind.Alias, own) : own;
            body.ShouldContain(seen);
            body.ShouldNotContain(foreign);
            body.ShouldNotContain(nobodys);
            if (place.Where == ThingWhere.List)
                JsonNode.Parse(body)![place.Name]!.AsArray().Count.ShouldBe(1);

            (await AskAsync(foreign)).ShouldBe(await AskAsync(nobodys)); // Somebody's, or the owner's: as if there were none.
        }
        finally
        {
            gateway.Line.Answer = _ => null;
        }
    }

    [Theory, MemberData(nameof(Making))]
    public async Task Given_a_thing_that_a_call_made_When_both_linkages_name_it_Then_it_is_its_makers(string name)
    {
        var row = Row(name);
        var place = row.Things.Single(one => one.Where == ThingWhere.Made);
        var (caller, other) = await TwoAsync();
        var made = NewId(place.Kind);
        gateway.Line.Answer = call => call.Bot == caller.Bot.ToString() && place.Name.Length > 0 ? (202, new JsonObject { [place.Name] = Value(place.Kind, made) }.ToJsonString()) : null;
        try
        {
            ((int)(await CallAsync(caller, row, null, "", null)).Status).ShouldBeInRange(200, 202);
        }
        finally
        {
            gateway.Line.Answer = _ => null;
        }

        if (place.Name.Length == 0)
            made = gateway.Line.Calls.Last(call => call.Bot == caller.Bot.ToString()).RequestId;
        var thing = await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Things.Find(KeyOf(caller, place.Kind, made)));
        thing.ShouldNotBeNull().Linkage.ShouldBe(caller.Linkage);
        other.Linkage.ShouldNotBe(caller.Linkage);
    }

    private static bool IsName(ThingKind kind) => kind is ThingKind.RichMenuAlias or ThingKind.Unit;

    private static bool IsNamed(ThingPlace place) => place.Where is ThingWhere.Path or ThingWhere.Query or ThingWhere.Body || (place.Where == ThingWhere.File && place.Name.Length > 0);

    private static bool IsRefused(ThingPlace place) => IsNamed(place) && !IsName(place.Kind);

    /// <summary>Words that LINE uses for other things too.</summary>
    private static bool IsNoThing(CallRow row, string name) => name switch
    {
        "to" => row.Method == HttpMethod.Get || row.Chats is { Name: "to" } || !row.Path.Contains("richmenu", StringComparison.Ordinal), // Until which day; whom a message is sent to.
        "from" => row.Method == HttpMethod.Get, // From which day.
        "requestId" => row.Things.Any(place => place.Kind is ThingKind.Sending or ThingKind.Batch && IsNamed(place)),
        "customAggregationUnits" => row.Things.Any(place => place.Kind == ThingKind.Unit),
        _ => false,
    };

    private static string LastOf(string path) => path.Split('.')[^1].Replace("[]", "", StringComparison.Ordinal);

    private static CallRow Row(string name) => FacadeTable.All.Single(row => row.Name == name);

    private static string NewId(ThingKind kind) => kind switch
    {
        ThingKind.RichMenu => $"richmenu-{Guid.NewGuid():N}",
        ThingKind.Audience => Random.Shared.NextInt64(1_000_000_000_000, 9_000_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ThingKind.Coupon => Guid.NewGuid().ToString("N").ToUpperInvariant()[..26],
        ThingKind.RichMenuAlias or ThingKind.Unit => "a" + Guid.NewGuid().ToString("N")[..20],
        _ => Guid.NewGuid().ToString(),
    };

    private static string IdName(ThingKind kind) => kind switch { ThingKind.RichMenu => "richMenuId", ThingKind.RichMenuAlias => "richMenuAliasId", ThingKind.Audience => "audienceGroupId", _ => "couponId" };

    private static JsonValue Value(ThingKind kind, string id) => kind == ThingKind.Audience ? JsonValue.Create(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)) : JsonValue.Create(id);

    private static bool Says(LineCall call, string id) => (call.Path + call.Query + call.Body).Contains(id, StringComparison.Ordinal);

    private static ThingKey KeyOf(LinkedDouble module, ThingKind kind, string id) => new(ChannelId.Parse(GatewayHost.ModuleChannelId, null), module.Bot, kind, id);

    private ModuleGateway.Linkages.LinkageIds Ids(LinkedDouble module) => gateway.Services.GetRequiredService<ModuleGateway.Routing.GatewayState>().Snapshot.Linkages[module.Linkage].Ids;

    private Task<bool> PutAsync(LinkedDouble module, ThingKind kind, string id) => gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
    {
        tx.Things.Put(new ThingRow(KeyOf(module, kind, id), module.Linkage, tx.Now));
        return true;
    });

    /// <summary>Two modules on one account. The first may do everything: what it cannot do is for want of the thing.</summary>
    private async Task<(LinkedDouble Caller, LinkedDouble Other)> TwoAsync()
    {
        var shop = await gateway.NewShopAsync();
        var (caller, other) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        return (caller, other);
    }

    /// <summary>A fresh token, for the one call that needs it.</summary>
    private static async Task<string?> ReplyTokenAsync(LinkedDouble module, CallRow row)
    {
        if (row.Name != "POST /v2/bot/message/reply")
            return null;

        await module.Shop.WriteAsync("alice", "again");
        return (string)(await module.Module.NextAsync("message"))["replyToken"]!;
    }

    /// <summary>Makes a call in which everything is the caller's own but for one place.</summary>
    private async Task<(HttpStatusCode Status, string Body)> CallAsync(LinkedDouble caller, CallRow row, ThingPlace? strange, string id, string? replyToken)
    {
        var said = new Dictionary<ThingPlace, string>();
        foreach (var place in row.Things.Where(IsNamed))
        {
            said[place] = ReferenceEquals(place, strange) ? id : IsName(place.Kind) ? "own" : NewId(place.Kind);
            if (!ReferenceEquals(place, strange) && !IsName(place.Kind))
                await PutAsync(caller, place.Kind, said[place]);
        }

        var alice = Shop.Seen(gateway, caller, caller.Shop.User("alice"));
        var path = row.PathWith(row.Parameters.ToDictionary(name => name, name => said.FirstOrDefault(one => one.Key.Where == ThingWhere.Path && one.Key.Name == name).Value ?? alice));
        var query = string.Join('&', said.Where(one => one.Key.Where == ThingWhere.Query).Select(one => $"{one.Key.Name}={one.Value}").Append("page=1"));
        using var answer = await caller.RequestAsync(row.Method, $"{path}?{query}", Content(row, said, alice, replyToken));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static HttpContent? Content(CallRow row, Dictionary<ThingPlace, string> said, string alice, string? replyToken)
    {
        if (row.Things.FirstOrDefault(place => place.Where == ThingWhere.File) is { } file)
        {
            var form = new MultipartFormDataContent { { new StringContent("vip"), "uploadDescription" } };
            if (file.Name.Length > 0)
                form.Add(new StringContent(said[file]), file.Name);
            form.Add(new StringContent(alice + "\n", Encoding.ASCII, "text/plain"), "file", "ids.txt");
            return form;
        }

        if (row.Body == BodyKind.Stream)
            return new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/png") } };
        if (row.Body == BodyKind.None)
            return null;

        var body = new JsonObject();
        foreach (var (place, id) in said.Where(one => one.Key.Where == ThingWhere.Body))
            body[place.Name] = place.Kind == ThingKind.Unit ? new JsonArray(id) : Value(place.Kind, id);
        if (row.Chats is { InPath: false } chats)
            body[chats.Name] = chats.Max > 1 ? new JsonArray(alice) : alice;
        if (replyToken is not null)
            body["replyToken"] = replyToken;
        if (row.Path.EndsWith("/batch", StringComparison.Ordinal))
            body = new JsonObject { ["operations"] = new JsonArray(body) };
        return JsonContent.Create(body);
    }
}
