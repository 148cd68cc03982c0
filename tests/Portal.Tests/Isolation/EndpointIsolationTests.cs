using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Tests.Hosting;

namespace Portal.Tests.Isolation;

/// <summary>Every endpoint of the running portal, called with the first company's ids by everybody of another and by nobody: nothing is learned, nothing changes.</summary>
public sealed partial class EndpointIsolationTests
{
    /// <summary>Beginnings of addresses that are left out, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["/dev/"] = "The development door: open to whoever sits at the machine, and only in development. DevelopmentModuleTests shows it shut.",
        ["/sign-in"] = "Before anybody is known; in development it lists everybody on purpose.",
        ["/_blazor"] = "The circuit's own door: what goes through it is a request, and RequestIsolationTests sends those.",
        ["/_framework"] = "The script of the circuit.",
    };

    /// <summary>Fields that some form of ours has: good enough to do what it does, were it let.</summary>
    private static readonly (string, string)[] Fields =
    [
        ("first", "nobody"), ("seenFirst", ""), ("with", "nobody"), ("on", "true"), ("allowance", "message:notify"), ("round", "1"), ("reason", "Because."), ("kind", "Listing"), ("version", "1"),
    ];

    [Fact]
    public async Task Given_every_endpoint_of_the_portal_When_everybody_of_another_organisation_calls_it_with_this_ones_ids_Then_nothing_leaks_and_nothing_changes()
    {
        await using var neighbours = await Neighbours.StartAsync();
        var routes = Routes(neighbours).ToList();
        routes.Count.ShouldBeGreaterThan(40);
        var found = new List<string>();
        var before = await neighbours.RowsAsync();
        foreach (var (name, person, membership) in neighbours.Callers())
        {
            using var browser = neighbours.Portal.NewBrowser();
            foreach (var (method, pattern) in routes)
            {
                // A form may have ended the session, its own: everybody comes in anew.
                if (person is not null)
                    await browser.PostAsync("/sign-in/as", await browser.OpenAsync("/sign-in"), ("person", person.Id.ToString()));

                foreach (var slug in membership is null ? [neighbours.Company.Slug] : new[] { neighbours.Company.Slug, neighbours.OtherCompany.Slug })
                {
                    var address = Fill(neighbours, pattern, slug);
                    var page = method == "GET" ? await browser.OpenAsync(address) : await browser.PostAsync(address, await browser.OpenAsync("/sign-in"), [.. Fields, ("subject", neighbours.Values["linkage"])]);
                    if ((int)page.Status >= 500)
                        found.Add($"{method} {address} by {name}: {(int)page.Status}");
                    if (pattern.StartsWith("/operations", StringComparison.OrdinalIgnoreCase) && page.Status != HttpStatusCode.NotFound && !page.Path.StartsWith("/sign-in", StringComparison.Ordinal))
                        found.Add($"{method} {address} by {name}: {(int)page.Status}, and it is the operator's");
                    if (slug == neighbours.Company.Slug && pattern.StartsWith("/o/", StringComparison.OrdinalIgnoreCase) && page.Status != HttpStatusCode.NotFound && !page.Path.StartsWith("/sign-in", StringComparison.Ordinal))
                        found.Add($"{method} {address} by {name}: {(int)page.Status}, and it is another company's");
                    // The sign-in page lists everybody in development; nobody else's page may.
                    if (!page.Path.StartsWith("/sign-in", StringComparison.Ordinal) && neighbours.Markers.FirstOrDefault(marker => WebUtility.HtmlDecode(page.Html).Contains(marker, StringComparison.Ordinal)) is { } marker)
                        found.Add($"{method} {address} by {name} learns '{marker}'");
                }
            }
        }

        found.AddRange(neighbours.Changes(before, await neighbours.RowsAsync()));
        found.ShouldBeEmpty(string.Join('\n', found.Take(30)));
    }

    /// <summary>What is mapped, with its methods; a page takes both.</summary>
    private static IEnumerable<(string Method, string Pattern)> Routes(Neighbours neighbours) =>
        from endpoint in neighbours.Portal.Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where !LeftOut.Keys.Any(start => pattern.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method is "GET" or "POST"
        orderby pattern, method
        select (method, pattern);

    /// <summary>The address with the first company's ids in it.</summary>
    private static string Fill(Neighbours neighbours, string pattern, string slug) => Parameter().Replace(pattern, match =>
    {
        var name = match.Groups[1].Value;
        if (name.Equals("slug", StringComparison.OrdinalIgnoreCase))
            return pattern.StartsWith("/o/", StringComparison.OrdinalIgnoreCase) ? slug : "keyword-reply";
        if (name.Equals("id", StringComparison.OrdinalIgnoreCase) && pattern.StartsWith("/orders/", StringComparison.OrdinalIgnoreCase))
            return neighbours.Values["order"];
        if (name.Equals("id", StringComparison.OrdinalIgnoreCase) && pattern.StartsWith("/operations/providers/", StringComparison.OrdinalIgnoreCase))
            return neighbours.Values[pattern.Contains("/documents/", StringComparison.Ordinal) ? "document" : "application"];
        if (name.Equals("code", StringComparison.OrdinalIgnoreCase))
            return "404";
        if (name.Equals("fingerprint", StringComparison.OrdinalIgnoreCase))
            return new string('0', 64);

        return neighbours.Values.GetValueOrDefault(name) ?? throw new InvalidOperationException($"{pattern} has a parameter '{name}', and the first company has nothing of that name: give it one in Neighbours.");
    });

    [GeneratedRegex("\\{\\**([A-Za-z]+)[^}]*\\}")]
    private static partial Regex Parameter();
}
