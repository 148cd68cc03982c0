using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Facade;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Published;

/// <summary>Every place that holds an id, held against what LINE publishes: a new one is found here before a module finds it.</summary>
public sealed class IdFieldTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly Lazy<IReadOnlyList<Description>> Descriptions = new(() =>
        [.. Directory.EnumerateFiles(DescriptionsFactAttribute.Folder!, "*.yml").Order(StringComparer.Ordinal).Select(Description.Read)]);

    [DescriptionsFact]
    public void Given_LINEs_descriptions_When_a_place_looks_like_an_id_Then_it_is_in_the_list_and_the_list_holds_no_other()
    {
        var described = Descriptions.Value.SelectMany(description => description.Places()).Where(IdFields.LooksLikeId).Select(place => place.Key).ToHashSet();
        var listed = IdFields.All.Select(field => field.Key).ToList();
        described.Count.ShouldBeGreaterThan(50);
        described.Except(listed).ShouldBeEmpty("these are not in Published/IdFields.txt: say what they hold, and map them");
        listed.Except(described).ShouldBeEmpty("LINE no longer describes these");
        listed.ShouldBeUnique();
    }

    [DescriptionsFact]
    public void Given_the_calls_that_bear_ids_When_the_facade_serves_one_Then_it_is_listed_as_served_and_no_other_is()
    {
        var served = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}") ?? []).ToHashSet();
        var bearing = Descriptions.Value.SelectMany(description => description.Operations.Where(operation => IdFields.All.Any(field => field.IsMapped && IsIn(description, operation, field)))).Select(operation => operation.Name).ToHashSet();
        bearing.Count.ShouldBeGreaterThan(30);
        bearing.Intersect(served).Order(StringComparer.Ordinal).ShouldBe(IdFields.Served.Order(StringComparer.Ordinal));
    }

    [DescriptionsFact]
    public async Task Given_an_id_planted_in_each_listed_place_of_an_event_or_an_answer_When_a_module_sees_it_Then_it_is_the_modules_own()
    {
        var (_, module) = await MeetAsync();
        var ids = Ids(module);
        var proven = new HashSet<string>();
        foreach (var (description, field, isEvent, schema) in Seen())
        {
            // One of LINE's usual shape, and one that only the place's name gives away.
            foreach (var upstream in Samples(module, field.Holds).Concat(field.IsMapped ? ["an-id-of-an-odd-shape-that-nobody-would-know"] : []))
            {
                if (description.Plant(schema, PlaceOf(description, field), upstream) is not { } planted)
                    continue;

                var body = Encoding.UTF8.GetBytes(planted.ToJsonString());
                var copy = isEvent ? EventOf(body, ids) : Encoding.UTF8.GetString(AnswerCopy.Write(body, ids, []).Span);
                if (field.Holds == "bot")
                {
                    copy.ShouldContain($"\"{upstream}\"", Case.Sensitive, field.Key);
                }
                else
                {
                    var kind = field.Holds switch { "group" => IdKind.Group, "room" => IdKind.Room, _ => IdKind.User };
                    copy.ShouldContain($"\"{ids.ToText(UpstreamId.Read(kind, Encoding.UTF8.GetBytes(upstream), module.Bot))}\"", Case.Sensitive, field.Key);
                    copy.ShouldNotContain(upstream.Substring(1, 32), Case.Sensitive, field.Key);
                }

                proven.Add(field.Key);
            }
        }

        // What no body of LINE's holds is read: a request's, or a path's.
        var sent = Sent().Where(one => one.Description.Plant(one.Schema, PlaceOf(one.Description, one.Field), "x") is not null).Select(one => one.Field.Key);
        IdFields.All.Where(field => field.IsMapped || field.Holds == "bot").Select(field => field.Key).Except(proven).Except(sent).ShouldAllBe(key => key.Contains(" path.", StringComparison.Ordinal));
        proven.Count.ShouldBeGreaterThan(15);
    }

    [DescriptionsFact]
    public async Task Given_an_id_planted_in_each_listed_place_of_a_request_When_the_call_goes_on_Then_it_is_LINEs_again()
    {
        var (shop, module) = await MeetAsync();
        var services = gateway.Services;
        var proven = 0;
        foreach (var (description, field, schema) in Sent())
        {
            foreach (var upstream in Samples(module, field.Holds))
            {
                var written = field.Holds == "bot" ? upstream : Shop.Seen(gateway, module, upstream);
                if (description.Plant(schema, PlaceOf(description, field), written) is not { } planted)
                    continue;

                var body = Encoding.UTF8.GetBytes(planted.ToJsonString());
                var call = new FacadeCall(
                    new DefaultHttpContext { Request = { Method = "POST", Path = "/" } }, services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage], new CallRow(HttpMethod.Post, "/", new CallRule(null, Standing.Attached)), body);
                var resolved = await services.GetRequiredService<UpstreamIds>().ResolveAsync(call, RequestFields.Find(body)!, LineErrors.NotFound, CancellationToken.None);
                resolved.Refusal.ShouldBeNull(field.Key);
                var forLine = Encoding.UTF8.GetString(RequestFields.Replace(body, resolved.Replacements(shop.Bot)).Span);
                forLine.ShouldBe(planted.ToJsonString().Replace(written, upstream, StringComparison.Ordinal), field.Key);
                proven++;
            }
        }

        proven.ShouldBeGreaterThan(10);
    }

    [DescriptionsFact]
    public async Task Given_each_call_with_an_id_in_its_path_When_a_module_makes_it_Then_LINE_gets_its_own_id_and_what_is_not_served_is_404()
    {
        // For control LINE's own channel answers, so that LINE is called too; for all else the module does.
        var (toTake, toSpeak) = (await AtThreeChatsAsync("standby"), await AtThreeChatsAsync("active"));
        var menu = $"richmenu-{Guid.NewGuid():N}";
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            tx.Things.Put(new ThingRow(new ThingKey(tx.Control.Account(toSpeak.Bot)!.Channel, toSpeak.Bot, ThingKind.RichMenu, menu), toSpeak.Linkage, tx.Now));
            return true;
        });
        gateway.Line.Answer = one => one.Method == "GET" && one.Path.EndsWith("/richmenu", StringComparison.Ordinal) ? (200, $$"""{"richMenuId":"{{menu}}"}""") : null;
        var paths = IdFields.All.Where(field => field.IsMapped && field.Place.Contains(" path.", StringComparison.Ordinal)).GroupBy(field => field.Place[..field.Place.IndexOf(" path.", StringComparison.Ordinal)]).ToList();
        paths.Count.ShouldBeGreaterThan(15);
        foreach (var call in paths.OrderBy(call => call.Key, StringComparer.Ordinal)) // Acquire before release: LINE hears of the release only from whom it gave the chat.
        {
            var (method, template) = (call.Key.Split(' ')[0], call.Key.Split(' ')[1]);
            var module = template.Contains("/control/", StringComparison.Ordinal) ? toTake : toSpeak;
            var shop = module.Shop;
            template = template.Replace("{richMenuId}", menu, StringComparison.Ordinal);
            var (written, upstream) = (template, template);
            foreach (var name in call.Select(field => field.Place.Split('.')[^1]))
            {
                var id = name switch { "groupId" => shop.Room("us"), "roomId" => shop.Room("they", 'R'), _ => shop.User("alice") };
                written = written.Replace($"{{{name}}}", Shop.Seen(gateway, module, id), StringComparison.Ordinal);
                upstream = upstream.Replace($"{{{name}}}", id, StringComparison.Ordinal);
            }

            var (status, answer) = await module.CallAsync(new HttpMethod(method), written, method == "POST" ? new { } : null);
            if (IdFields.Served.Contains(call.Key))
            {
                status.ShouldBe(HttpStatusCode.OK, call.Key);
                (await gateway.Line.CalledAsync(one => one.Method == method && one.Path == upstream && one.Bot == shop.Bot.ToString())).ShouldNotBeNull(call.Key);
            }
            else
            {
                ((string?)answer!["message"]).ShouldBe("Not found", call.Key);
                gateway.Line.Calls.ShouldNotContain(one => one.Path == upstream, call.Key);
            }
        }

        gateway.Line.Answer = _ => null;
    }

    private async Task<LinkedDouble> AtThreeChatsAsync(string mode)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: mode == "active");
        foreach (var (name, id) in new[] { ("groupId", shop.Room("us")), ("roomId", shop.Room("they", 'R')), ("userId", shop.User("alice")) })
            await shop.PostAsync(new JsonObject { ["type"] = "message", ["mode"] = mode, ["source"] = new JsonObject { ["type"] = name[..^2], [name] = id } });
        await gateway.RouteAsync();
        return module;
    }

    /// <summary>Whether this place is in the call: in its path or its own bodies, or in a schema that these lead to.</summary>
    private static bool IsIn(Description description, Operation operation, IdField field)
    {
        if (field.File != description.File)
            return false;
        if (field.Place.StartsWith(operation.Name + " ", StringComparison.Ordinal))
            return true;

        var place = PlaceOf(description, field);
        return description.Bodies(operation).Any(body => description.Plant(body.Schema, place, "x") is not null);
    }

    private static Place PlaceOf(Description description, IdField field)
    {
        var dot = field.Place.IndexOf('.', StringComparison.Ordinal);
        return new Place(description.File, field.Place[..dot], field.Place[(dot + 1)..], "");
    }

    /// <summary>What modules see: each listed place with each body that may lead to it. Of webhooks that is an event, or the whole request.</summary>
    private static IEnumerable<(Description Description, IdField Field, bool IsEvent, JsonObject Schema)> Seen() =>
        from description in Descriptions.Value
        from field in IdFields.All
        where field.File == description.File && (field.IsMapped || field.Holds == "bot")
        from body in description.File == "webhook.yml"
            ? new[] { "Event", "CallbackRequest" }.Select(name => (true, Reference(name)))
            : description.Operations.SelectMany(operation => description.Bodies(operation)).Where(body => body.What != "request").Select(body => (false, body.Schema))
        select (description, field, body.Item1, body.Item2);

    private static IEnumerable<(Description Description, IdField Field, JsonObject Schema)> Sent() =>
        from description in Descriptions.Value
        where description.File != "webhook.yml"
        from field in IdFields.All
        where field.File == description.File && (field.IsMapped || field.Holds == "bot")
        from body in description.Operations.SelectMany(operation => description.Bodies(operation)).Where(body => body.What == "request")
        select (description, field, body.Schema);

    private static JsonObject Reference(string schema) => new() { ["$ref"] = "#/components/schemas/" + schema };

    private static string EventOf(byte[] body, LinkageIds ids)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCopy.Write(body, new CopyTerms(ids, IsActive: false, null, IsRedelivery: false), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private LinkageIds Ids(LinkedDouble module) => gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage].Ids;

    private static string[] Samples(LinkedDouble module, string holds) => holds switch
    {
        "user" => [module.Shop.User("alice")],
        "group" => [module.Shop.Room("us")],
        "room" => [module.Shop.Room("they", 'R')],
        "bot" => [module.Bot.ToString()],
        _ => [module.Shop.User("alice"), module.Shop.Room("us"), module.Shop.Room("they", 'R')],
    };

    /// <summary>A bot that knows a user, a group and a room.</summary>
    private async Task<(Shop Shop, LinkedDouble Module)> MeetAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "message", ["mode"] = "active", ["source"] = new JsonObject { ["type"] = "group", ["groupId"] = shop.Room("us"), ["userId"] = shop.User("alice") }, ["also"] = shop.Room("they", 'R'),
        });
        await gateway.RouteAsync();
        return (shop, module);
    }
}
