using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Suspensions;

/// <summary>What is suspended, and what was, the newest first; and what could be, by its name.</summary>
public static class ShowSuspensions
{
    private const int RowsMax = 200;

    private const int CandidatesMax = 20;

    /// <param name="Kind">Of what is looked for.</param>
    /// <param name="Name">What is looked for; null: nothing.</param>
    [ForOperators]
    public sealed record Query(SuspensionKind Kind = SuspensionKind.Linkage, string? Name = null) : IQuery<View>;

    /// <param name="Candidates">What goes by the name that was asked for; null: none was.</param>
    public sealed record View(IReadOnlyList<Row> Rows, IReadOnlyList<ISuspendable.Candidate>? Candidates);

    /// <param name="By">Who suspended it.</param>
    /// <param name="LiftedBy">Who took it back; null: nobody yet.</param>
    public sealed record Row(Suspension Suspension, string By, string? LiftedBy);

    public sealed class Handler(PortalDb db, IEnumerable<ISuspendable> features) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = await db.Set<Suspension>().AsNoTracking().OrderBy(row => row.LiftedAt == null ? 0 : 1).ThenByDescending(row => row.SuspendedAt).Take(RowsMax).ToListAsync(cancellationToken);
            PersonId[] people = [.. rows.Select(row => row.SuspendedBy), .. rows.Select(row => row.LiftedBy).OfType<PersonId>()];
            var names = await db.People.AsNoTracking().Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken);
            var name = request.Name?.Trim();
            var feature = string.IsNullOrEmpty(name) ? null : features.SingleOrDefault(row => row.Kind == request.Kind);
            return new(
                [.. rows.Select(row => new Row(row, Name(row.SuspendedBy), row.LiftedBy is { } lifter ? Name(lifter) : null))],
                feature is null ? null : await feature.FindAsync(name!, CandidatesMax, cancellationToken));

            string Name(PersonId id) => names.GetValueOrDefault(id, id.ToString());
        }
    }
}
