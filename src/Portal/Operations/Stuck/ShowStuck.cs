using MediatR;
using Portal.Frame.Mediation;

namespace Portal.Operations.Stuck;

/// <summary>All that goes on no more by itself, in one queue, the oldest first.</summary>
public static class ShowStuck
{
    /// <summary>Of each source: more than this is one cause, not many.</summary>
    private const int OfEachMax = 50;

    [ForOperators]
    public sealed record Query : IQuery<View>;

    /// <param name="IsWhole">False: some source could not be asked.</param>
    public sealed record View(IReadOnlyList<StuckItem> Items, bool IsWhole);

    public sealed class Handler(IEnumerable<IStuckSource> sources) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var (items, isWhole) = (new List<StuckItem>(), true);
            foreach (var source in sources)
            {
                var found = await source.FindAsync(OfEachMax, cancellationToken);
                isWhole &= found is not null;
                items.AddRange(found ?? []);
            }

            return new([.. items.OrderBy(item => item.Since)], isWhole);
        }
    }
}
