namespace Portal.Catalog.Shelf;

/// <summary>Where a gram stands: places, and how much a hit there says.</summary>
internal sealed record ShelfPosting(int[] Places, int[] Weights)
{
    /// <summary>Counts this gram at each place that has it.</summary>
    public void Count(int[] hits, int[] weights)
    {
        for (var i = 0; i < Places.Length; i++)
        {
            hits[Places[i]]++;
            weights[Places[i]] += Weights[i];
        }
    }

    public ShelfPosting With(IReadOnlyCollection<(int Place, int Weight)> more) => new([.. Places, .. more.Select(hit => hit.Place)], [.. Weights, .. more.Select(hit => hit.Weight)]);
}
