using Microsoft.EntityFrameworkCore;
using Tenancy;

namespace Portal.Catalog;

/// <summary>One gram by which a listing is found. Derived from its texts: see <see cref="CatalogIndex"/>.</summary>
public sealed class ListingGram
{
    /// <summary>Longest gram: a Latin word, cut.</summary>
    public const int LengthMax = 24;

    public required ListingId ListingId { get; init; }

    public required string Gram { get; init; }

    /// <summary>How much a hit tells: the sum over the fields it stands in.</summary>
    public required int Weight { get; init; }

    /// <summary>Grams are compared by their bits: a database that takes か for カ, or a rare sign for no sign, would find other listings than its neighbour.</summary>
    internal static void Collate(ModelBuilder model, DatabaseProvider provider) =>
        model.Entity<ListingGram>().Property(row => row.Gram).UseCollation(provider switch
        {
            DatabaseProvider.Sqlite => "BINARY",
            DatabaseProvider.PostgreSql => "C",
            _ => "Latin1_General_100_BIN2",
        });
}
