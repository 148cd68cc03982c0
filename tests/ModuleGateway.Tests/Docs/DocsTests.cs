using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModuleGateway.Docs;
using ModuleGateway.Facade;
using ModuleGateway.Tests.Published;

namespace ModuleGateway.Tests.Docs;

/// <summary>What partners read at the gateway itself.</summary>
public sealed partial class DocsTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_the_partners_pages_When_a_browser_walks_every_link_of_ours_Then_each_leads_somewhere_and_nothing_may_run_in_them()
    {
        var waiting = new Queue<string>(["/docs"]);
        var seen = new HashSet<string>();
        while (waiting.TryDequeue(out var address))
        {
            if (!seen.Add(address))
                continue;

            using var answer = await gateway.Http.GetAsync(new Uri(address, UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            if (answer.Content.Headers.ContentType!.MediaType != "text/html")
                continue;

            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
            var page = await answer.Content.ReadAsStringAsync();
            foreach (Match link in Link().Matches(page))
            {
                var target = new Uri(answer.RequestMessage!.RequestUri!, link.Groups[1].Value);
                if (target.Authority == gateway.Http.BaseAddress!.Authority)
                    waiting.Enqueue(target.AbsolutePath);
            }
        }

        seen.Count.ShouldBeGreaterThanOrEqualTo(DocPage.All.Count + 3);
    }

    [Fact]
    public void Given_every_refusal_of_ours_When_a_partner_looks_it_up_Then_its_cause_and_cure_are_in_the_list()
    {
        var page = DocPage.All.Single(one => one.Name == "errors").Content;
        var refusals = typeof(LineErrors).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (FacadeAnswer)property.GetValue(null)!).ToList();
        refusals.Count.ShouldBeGreaterThan(10);

        foreach (var refusal in refusals)
        {
            var message = (string)JsonNode.Parse(refusal.Body.Span)!["message"]!;
            Rows().Matches(page).Count(row => row.Groups[1].Value == $"{refusal.Status}" && IsLike(message, WebUtility.HtmlDecode(row.Groups[2].Value))).ShouldBe(1, message);
        }
    }

    [Fact]
    public async Task Given_the_OpenAPI_description_When_a_client_is_generated_from_it_Then_each_call_has_a_name_of_its_own()
    {
        var paths = JsonNode.Parse(await gateway.Http.GetStringAsync("/docs/openapi.json"))!["paths"]!.AsObject();
        var names = paths.SelectMany(path => path.Value!.AsObject()).Select(call => (string)call.Value!["operationId"]!).ToList();

        names.ShouldBeUnique();
        names.ShouldAllBe(name => Regex.IsMatch(name, "^[a-z]+[A-Z][A-Za-z0-9_]*$"));
        names.ShouldContain("postMessagePush");
        names.ShouldContain("getRichmenuByRichMenuIdContent");
    }

    [Fact]
    public async Task Given_the_facades_table_When_its_OpenAPI_description_is_read_Then_every_call_is_in_it_with_its_header_and_its_parameters()
    {
        var description = JsonNode.Parse(await gateway.Http.GetStringAsync(new Uri("/docs/openapi.json", UriKind.Relative)))!;

        ((string)description["openapi"]!).ShouldStartWith("3.0");
        foreach (var row in FacadeTable.All)
        {
            var parameters = description["paths"]![row.Path]![row.Method.Method.ToLowerInvariant()]!["parameters"]!.AsArray();
            parameters.ShouldContain(one => (string?)one!["$ref"] == "#/components/parameters/Bot", row.Name);
            parameters.Where(one => (string?)one!["in"] == "path").Select(one => (string)one!["name"]!).ShouldBe(row.Parameters, row.Name);
        }
    }

    [DescriptionsFact]
    public async Task Given_LINEs_descriptions_When_a_call_takes_a_query_a_form_or_a_header_Then_ours_says_the_same()
    {
        var ours = JsonNode.Parse(await gateway.Http.GetStringAsync(new Uri("/docs/openapi.json", UriKind.Relative)))!;
        var compared = 0;
        foreach (var theirs in Directory.EnumerateFiles(DescriptionsFactAttribute.Folder!, "*.yml").Select(Description.Read))
        {
            foreach (var operation in theirs.Operations)
            {
                if (ours["paths"]![operation.Path]?[operation.Method.ToLowerInvariant()] is not JsonObject call)
                    continue;

                Named(Resolved(call["parameters"]), "query").ShouldBe(Named(theirs.Parameters(operation), "query"), ignoreOrder: true, operation.Name);
                Named(Resolved(call["parameters"]), "header").Except(["X-Line-Bot-Id"]).ShouldBe(Named(theirs.Parameters(operation), "header"), operation.Name);
                (call["requestBody"] is not null).ShouldBe(operation.Json["requestBody"] is not null, operation.Name);
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(95);

        IEnumerable<JsonObject> Resolved(JsonNode? parameters) =>
            ((JsonArray?)parameters ?? []).Select(one => (string?)one!["$ref"] is { } name ? (JsonObject)ours["components"]!["parameters"]![name.Split('/')[^1]]! : (JsonObject)one);

        static List<string> Named(IEnumerable<JsonObject> parameters, string place) => [.. parameters.Where(one => (string?)one["in"] == place).Select(one => (string)one["name"]!)];
    }

    [Fact]
    public void Given_a_call_for_every_module_that_is_on_When_the_list_of_calls_is_read_Then_nobody_is_told_to_be_active_in_a_chat()
    {
        var page = CallList.Write();
        page.ShouldContain("| `POST /v2/bot/message/pnp/templated/push` | `message:templated_pnp` | on in this account |");
        foreach (var row in FacadeTable.All.Where(row => row.Chats is null && row.Handler is null))
            CallList.Standing(row.Rule).ShouldNotContain("chat", Case.Sensitive, row.Name);
    }

    [Theory]
    [InlineData("/oauth2/v3/token", "grant_type=password")]
    [InlineData("/oauth2/v3/token", "grant_type=client_credentials&client_id=1&client_secret=x")]
    [InlineData("/oauth2/v3/token", "grant_type=client_credentials&client_assertion=x&client_assertion_type=y")]
    [InlineData("/oauth2/v2.1/token", "")]
    [InlineData("/oauth2/v2.1/token", "grant_type=client_credentials&client_assertion=x&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]
    [InlineData("/oauth2/v2.1/revoke", "client_id=1&client_secret=x&access_token=y")]
    [InlineData("/v2/oauth/accessToken", "grant_type=client_credentials")]
    [InlineData("/v2/oauth/accessToken", "grant_type=client_credentials&client_id=1&client_secret=x")]
    [InlineData("/v2/oauth/verify", "")]
    [InlineData("/v2/oauth/verify", "access_token=x")]
    [InlineData("/v2/oauth/revoke", "")]
    public async Task Given_a_token_that_is_refused_When_a_partner_looks_the_refusal_up_Then_it_stands_in_the_list_of_errors(string path, string form)
    {
        using var answer = await gateway.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(form, null, "application/x-www-form-urlencoded"));
        var refusal = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        var rows = Rows().Matches(DocPage.All.Single(one => one.Name == "errors").Content).Select(row => WebUtility.HtmlDecode(row.Value)).ToList();
        rows.Count(row => row.Contains($">{(int)answer.StatusCode}<", StringComparison.Ordinal) && row.Contains($">{refusal["error"]}<", StringComparison.Ordinal)
            && row.Contains($">{refusal["error_description"]}<", StringComparison.Ordinal)).ShouldBe(1, refusal.ToJsonString());
    }

    /// <summary>An ellipsis of the list stands for what differs from case to case.</summary>
    private static bool IsLike(string message, string listed) =>
        Regex.IsMatch(message, $"^{string.Join(".*", listed.Trim().Split('…').Select(Regex.Escape))}$");

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<tr>\\s*<td>(\\d+)</td>\\s*<td>(.*?)</td>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();
}
