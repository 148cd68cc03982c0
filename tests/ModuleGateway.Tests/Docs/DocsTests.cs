using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModuleGateway.Docs;
using ModuleGateway.Facade;

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

    /// <summary>An ellipsis of the list stands for what differs from case to case.</summary>
    private static bool IsLike(string message, string listed) =>
        Regex.IsMatch(message, $"^{string.Join(".*", listed.Trim().Split('…').Select(Regex.Escape))}$");

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<tr>\\s*<td>(\\d+)</td>\\s*<td>(.*?)</td>")]
    private static partial Regex Rows();
}
