using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace Line.Tests.Published;

public sealed class EveryCallTests
{
    private static readonly string[] Files =
        ["messaging-api.yml", "manage-audience.yml", "insight.yml", "channel-access-token.yml", "module.yml", "module-attach.yml"];

    // What an answer says and a method does not give back, because the caller has it or the method's name says it.
    private static readonly Dictionary<string, string> NotGivenBack = new(StringComparer.Ordinal)
    {
        ["MessageQuotaResponse.type"] = "no limit is null",
        ["GetMessageContentTranscodingResponse.status"] = "an enumeration",
        ["UserProfileResponse.userId"] = "who was asked for",
        ["GroupUserProfileResponse.userId"] = "who was asked for",
        ["RoomUserProfileResponse.userId"] = "who was asked for",
        ["IssueStatelessChannelAccessTokenResponse.token_type"] = "always Bearer",
        ["IssueChannelAccessTokenResponse.token_type"] = "always Bearer",
        ["IssueShortLivedChannelAccessTokenResponse.token_type"] = "always Bearer",
    };

    [DescriptionsFact]
    public void Given_LINEs_descriptions_When_their_calls_are_counted_Then_each_has_a_method_and_the_table_has_no_other()
    {
        var published = Files.SelectMany(file => Description.Of(file).Calls).Select(call => call.Id).ToList();
        published.Count.ShouldBeGreaterThan(100);
        published.Except(CallTable.Rows.Keys).ShouldBeEmpty("these calls of LINE's have no method");
        CallTable.Rows.Keys.Except(published).ShouldBeEmpty("these are no calls of LINE's");

        foreach (var (method, _) in CallTable.Rows.Values.SelectMany(rows => rows))
        {
            var (type, name) = (method.Split('.')[0], method.Split('.')[1]);
            typeof(LineClient).Assembly.GetType($"Line.{type}")!.GetMethods(BindingFlags.Public | BindingFlags.Instance).ShouldContain(member => member.Name == name, method);
        }
    }

    [DescriptionsFact]
    public async Task Given_every_call_with_every_field_When_made_Then_host_verb_path_query_headers_and_body_are_as_LINE_describes_them()
    {
        var problems = new List<string>();
        foreach (var file in Files)
        {
            var description = Description.Of(file);
            var check = new SchemaCheck(description);
            var bodies = new HashSet<string>(StringComparer.Ordinal);
            foreach (var call in description.Calls)
            {
                foreach (var (_, make) in CallTable.Rows[call.Id])
                {
                    var recorder = await MakeAsync(call, make);
                    problems.AddRange(Problems(call, recorder, check).Select(problem => $"{call.Id}: {problem}"));
                }

                if (call.Body is { } body && description.Resolve(body.Schema).Name is { } name)
                    bodies.Add(name);
            }

            problems.AddRange(check.Problems);
            problems.AddRange(check.Reachable(bodies).Except(check.Met).Except(OfMessages(description)).Select(property => $"{file}: no call writes {property}"));
        }

        problems.ShouldBeEmpty();
    }

    [DescriptionsFact]
    public async Task Given_answers_with_every_field_When_read_Then_each_field_reaches_the_caller()
    {
        var lost = new List<string>();
        foreach (var call in Files.SelectMany(file => Description.Of(file).Calls).Where(call => call.Answer is not null))
        {
            var sample = new SampleAnswer(call.Description);
            var json = sample.Of(call.Answer!, call.Id).ToJsonString();
            foreach (var (_, make) in CallTable.Rows[call.Id])
            {
                var recorder = new Recorder { Answer = _ => Recorder.Json((HttpStatusCode)call.Status, json) };
                var task = make(ClientsOf(recorder));
                await task;
                var values = PublicValues.Of(task.GetType().GetProperty("Result")?.GetValue(task));
                lost.AddRange(sample.Leaves.Where(leaf => !NotGivenBack.ContainsKey(leaf.Key) && !values.Contains(leaf.Value)).Select(leaf => $"{call.Id}: {leaf.Key} = {leaf.Value} of {json}"));
            }
        }

        lost.Distinct().ShouldBeEmpty();
    }

    private static CallTable.Clients ClientsOf(Recorder recorder)
    {
        var http = new HttpClient(recorder);
        var line = new LineClient(http, new FixedTokenSource("token-1"), new() { Retry = LineRetry.None });
        return new CallTable.Clients(line, new ChannelTokenClient(http, LineEndpoints.Line), new ModuleAttachClient(http, LineEndpoints.Line, ChannelId.Parse("1234567890"), "secret"));
    }

    private static async Task<Recorder> MakeAsync(PublishedCall call, Func<CallTable.Clients, Task> make)
    {
        var sample = call.Answer is null ? "{}" : new SampleAnswer(call.Description).Of(call.Answer, call.Id).ToJsonString();
        var recorder = new Recorder { Answer = _ => Recorder.Json((HttpStatusCode)call.Status, sample) };
        await make(ClientsOf(recorder));
        return recorder;
    }

    private static IEnumerable<string> Problems(PublishedCall call, Recorder recorder, SchemaCheck check)
    {
        var (method, address, request, contentType, body) = recorder.Seen.Single();
        if (!method.Method.Equals(call.Verb, StringComparison.OrdinalIgnoreCase))
            yield return $"{method} and not {call.Verb}";

        if (address.GetLeftPart(UriPartial.Authority) != call.Host)
            yield return $"{address} is not at {call.Host}";

        if (!Regex.IsMatch(address.AbsolutePath, "^" + Regex.Replace(call.Path, @"\{\w+\}", "[^/]+") + "$"))
            yield return $"{address.AbsolutePath} is not {call.Path}";

        if (call.Description.File is not ("channel-access-token.yml" or "module-attach.yml") && request.Headers.Authorization?.ToString() != "Bearer token-1")
            yield return "no token";

        var query = HttpUtility.ParseQueryString(address.Query).AllKeys.ToHashSet();
        var published = call.Parameters.Where(parameter => (string)parameter["in"]! == "query").Select(parameter => (string)parameter["name"]!).ToHashSet();
        foreach (var name in query.Except(published))
            yield return $"LINE knows no {name} in the query";

        foreach (var name in published.Except(query))
            yield return $"{name} is missing in the query";

        foreach (var header in call.Parameters.Where(parameter => (string)parameter["in"]! == "header").Select(parameter => (string)parameter["name"]!))
        {
            if (!request.Headers.Contains(header))
                yield return $"{header} is missing in the headers";
        }

        if (call.Body is not { } form)
        {
            if (body.Length > 0)
                yield return $"a body where LINE describes none: {body}";

            yield break;
        }

        if (form.Type != "*/*" && contentType != form.Type)
            yield return $"the body is {contentType}, not {form.Type}";

        if (form.Type == "application/json")
            check.Check(form.Schema, JsonDocument.Parse(body).RootElement, call.Id);
        else if (form.Type is "application/x-www-form-urlencoded" or "multipart/form-data")
        {
            var fields = form.Type[0] == 'm'
                ? Regex.Matches(body, "name=\"(\\w+)\"|name=(\\w+)").Select(match => match.Groups[1].Value + match.Groups[2].Value).ToHashSet()
                : HttpUtility.ParseQueryString(body).AllKeys.Select(key => key!).ToHashSet();
            var schemas = call.Description.Resolve(form.Schema).Schema["oneOf"]?.AsArray().Select(choice => choice!.AsObject()).ToList() ?? [form.Schema];
            var fits = schemas.Select(schema => call.Description.Fields(schema)).Any(known => known.Required.IsSubsetOf(fields) && fields.IsSubsetOf(known.Properties.Keys));
            if (!fits)
                yield return $"the form has {string.Join(", ", fields)}";
        }
    }

    /// <summary>What <c>MessageJsonTests</c> holds against LINE's description.</summary>
    private static HashSet<string> OfMessages(Description description) =>
        description.File == "messaging-api.yml" ? new SchemaCheck(description).Reachable("Message", "Action").Where(property => !property.StartsWith("RichMenuSwitchAction.", StringComparison.Ordinal)).ToHashSet() : [];
}
