using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Agreements;

/// <summary>An owner reads the agreement in force, and whether the company has accepted it.</summary>
public static class ReadAgreements
{
    /// <param name="Language">The reader's.</param>
    [ForMembers(Right.ManageProvider)]
    public sealed record Query(TenantId Organisation, string Language) : IQuery<IReadOnlyList<View>>, IInOrganisation;

    /// <param name="AcceptedBy">Who accepted this version for the company first; null: nobody yet.</param>
    public sealed record View(AgreementKind Kind, int Number, AgreementText Text, string? AcceptedBy, DateTimeOffset? AcceptedAt);

    public sealed class Handler(PortalDb db, Agreements agreements) : IRequestHandler<Query, IReadOnlyList<View>>
    {
        public async Task<IReadOnlyList<View>> Handle(Query request, CancellationToken cancellationToken)
        {
            var views = new List<View>();
            foreach (var kind in Enum.GetValues<AgreementKind>())
            {
                if (await agreements.CurrentAsync(kind, cancellationToken) is not { } current)
                    continue;

                var accepted = await db.Set<AgreementAcceptance>().AsNoTracking().Where(row => row.AgreementId == current.Id && row.TenantId == request.Organisation).OrderBy(row => row.At)
                    .Join(db.People, row => row.PersonId, person => person.Id, (row, person) => new { person.DisplayName, row.At }).FirstOrDefaultAsync(cancellationToken);
                views.Add(new(kind, current.Number, current.Texts.SingleOrDefault(text => text.Language == request.Language) ?? current.Texts.Single(text => text.Language == Languages.English), accepted?.DisplayName, accepted?.At));
            }

            return views;
        }
    }
}
