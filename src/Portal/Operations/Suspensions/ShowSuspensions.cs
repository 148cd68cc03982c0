using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Suspensions;

/// <summary>What is suspended, and what was, the newest first.</summary>
public static class ShowSuspensions
{
    private const int RowsMax = 200;

    [ForOperators]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    /// <param name="By">Who suspended it.</param>
    /// <param name="LiftedBy">Who took it back; null: nobody yet.</param>
    public sealed record Row(Suspension Suspension, string By, string? LiftedBy);

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = await db.Set<Suspension>().AsNoTracking().OrderBy(row => row.LiftedAt == null ? 0 : 1).ThenByDescending(row => row.SuspendedAt).Take(RowsMax).ToListAsync(cancellationToken);
            PersonId[] people = [.. rows.Select(row => row.SuspendedBy), .. rows.Select(row => row.LiftedBy).OfType<PersonId>()];
            var names = await db.People.AsNoTracking().Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken);
            return [.. rows.Select(row => new Row(row, Name(row.SuspendedBy), row.LiftedBy is { } lifter ? Name(lifter) : null))];

            string Name(PersonId id) => names.GetValueOrDefault(id, id.ToString());
        }
    }
}
