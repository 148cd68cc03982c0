using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;

namespace Portal.Providers;

/// <summary>All companies that applied, those that wait first.</summary>
public static class ShowApplications
{
    private const int RowsMax = 200;

    [ForOperators]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    public sealed record Row(ApplicationId Id, string CompanyName, string Country, string RegistrationNumber, ApplicationState State, DateTimeOffset? SubmittedAt, int Round);

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = await db.Set<ProviderApplication>().AsNoTracking().Where(row => row.State != ApplicationState.Draft)
                .OrderByDescending(row => row.SubmittedAt).Take(RowsMax)
                .Select(row => new Row(row.Id, row.CompanyName, row.Country, row.RegistrationNumber, row.State, row.SubmittedAt, row.Round)).ToListAsync(cancellationToken);
            return [.. rows.OrderBy(row => row.State switch { ApplicationState.Submitted => 0, ApplicationState.InReview => 1, ApplicationState.MoreAsked => 2, _ => 3 }).ThenBy(row => row.SubmittedAt)];
        }
    }
}
