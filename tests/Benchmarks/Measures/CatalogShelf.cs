using System.Globalization;
using Databases;

namespace Benchmarks.Measures;

/// <summary>The catalog with three facets and a search, among 10 000 listings and among 100: somebody who looks for something must not feel how many there are.</summary>
internal sealed class CatalogShelf(Effort effort, Database database) : IMeasure
{
    private const int Many = 10_000;
    private const int Few = 100;
    private const double RatioMax = 2;
    private const double P95Max = 50; // Milliseconds.
    private const string Address = "/catalog?q=%E9%A0%90%E7%B4%84&vertical=salon&vertical=food&function=booking&price=trial";

    public string Name => $"catalog-{database.ToString().ToLowerInvariant()}";

    public string What => string.Create(CultureInfo.InvariantCulture, $"catalog page, three facets and a search, {Many} listings, {database}");

    public string Against => string.Create(CultureInfo.InvariantCulture, $"the same page with {Few}");

    public double Goal => 0; // The verdict says it: here the smaller ratio is the better one.

    public async Task<Measured> MeasureAsync()
    {
        if (TestServers.ConnectionString(database) is null && database != Database.Sqlite)
            return Measured.Skipped($"{database} is not configured.");

        await using var many = await ManyListings.StartAsync(database, Many);
        await using var few = await ManyListings.StartAsync(database, Few);
        var (ours, others, fronts) = (new List<double>(), new List<double>(), new List<double>());
        var (found, foundAmongFew) = (0, 0);
        for (var i = -effort.Rounds; i < effort.Rounds * 30; i++)
        {
            var a = await many.OpenAsync(Address);
            var b = await few.OpenAsync(Address);
            var front = await many.OpenAsync("/catalog");
            (found, foundAmongFew) = (a.Total, b.Total);
            if (i < 0)
                continue; // Caches and pools.

            ours.Add(a.Milliseconds);
            others.Add(b.Milliseconds);
            fronts.Add(front.Milliseconds);
        }

        if (found < Many / 20 || foundAmongFew < Few / 20)
            return Measured.Refused($"The search found {found} and {foundAmongFew}: too few to be the work that was meant.");

        var ratio = Percentiles.Median(ours) / Percentiles.Median(others);
        var p95 = Percentiles.Of(ours, 0.95);
        return new Measured(ratio, Show(ours), Show(others), ours.Count)
        {
            Verdict = new Verdict(
                string.Create(CultureInfo.InvariantCulture, $"≤ {RatioMax:0}×, p95 ≤ {P95Max:0} ms"),
                string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}×, p95 {p95:0.0} ms"),
                ratio <= RatioMax && p95 <= P95Max),
            Note = string.Create(CultureInfo.InvariantCulture, $"{found} of {Many} found, {foundAmongFew} of {Few}; the whole catalog of {Many}: {Show(fronts)}"),
        };
    }

    private static string Show(List<double> millis) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Percentiles.Of(millis, 0.5):0.0} ms, p95 {Percentiles.Of(millis, 0.95):0.0} ms");
}
