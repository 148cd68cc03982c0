using System.Runtime.CompilerServices;
using Databases;
using Portal.Tests.Hosting;

namespace Portal.Tests.Catalog;

/// <summary>Searches in four languages against the table beside this file: whoever looks for something finds the right listing first.</summary>
public sealed class CatalogQueriesTests
{
    private const int QueriesMin = 20;

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_what_people_type_in_four_languages_When_they_search_Then_the_right_listing_comes_first(Database database)
    {
        var queries = (await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(Here())!, "queries.txt")))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToList();
        queries.Count.ShouldBeGreaterThanOrEqualTo(QueriesMin);
        await using var portal = await DemoMarket.StartAsync(database);

        List<string> wrong = [];
        foreach (var query in queries)
        {
            var shelf = await Shelf.OpenAsync(portal, $"/catalog?q={Uri.EscapeDataString(query[0])}");
            if (shelf.Slugs.Count == 0 || shelf.Slugs[0] != query[1])
                wrong.Add($"{query[0]}: {string.Join(", ", shelf.Slugs)} instead of {query[1]}");
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
