using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;

namespace Portal.Operations.Agreements;

/// <summary>Every version of every agreement, with who accepted it when, for the operator.</summary>
public static class ShowAgreements
{
    /// <summary>More acceptances of one version are searched in the audit log.</summary>
    private const int AcceptancesMax = 200;

    [ForOperators]
    public sealed record Query : IQuery<IReadOnlyList<Version>>;

    public sealed record Version(Agreement Agreement, bool IsInForce, int Companies, IReadOnlyList<Acceptance> Acceptances);

    public sealed record Acceptance(string Company, string Person, string Language, string Fingerprint, DateTimeOffset At);

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, IReadOnlyList<Version>>
    {
        public async Task<IReadOnlyList<Version>> Handle(Query request, CancellationToken cancellationToken)
        {
            var agreements = await db.Set<Agreement>().AsNoTracking().Include(row => row.Texts).OrderBy(row => row.Kind).ThenByDescending(row => row.Number).ToListAsync(cancellationToken);
            var versions = new List<Version>();
            foreach (var agreement in agreements)
            {
                var of = db.Set<AgreementAcceptance>().AsNoTracking().Where(row => row.AgreementId == agreement.Id);
                var rows = await of.OrderByDescending(row => row.At).Take(AcceptancesMax)
                    .Select(row => new
                    {
                        Company = db.Organisations.Where(company => company.Id == row.TenantId).Select(company => company.Name).FirstOrDefault(),
                        Person = db.People.Where(person => person.Id == row.PersonId).Select(person => person.DisplayName).FirstOrDefault(),
                        row.Language, row.Fingerprint, row.At,
                    }).ToListAsync(cancellationToken);
                versions.Add(new(
                    agreement, agreements.All(other => other.Kind != agreement.Kind || other.Number <= agreement.Number),
                    await of.Select(row => row.TenantId).Distinct().CountAsync(cancellationToken),
                    [.. rows.Select(row => new Acceptance(row.Company ?? "–", row.Person ?? "–", row.Language, row.Fingerprint, row.At))]));
            }

            return versions;
        }
    }
}
