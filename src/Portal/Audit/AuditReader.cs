using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Audit;

/// <summary>Reads a page of the log, the newest first, and puts names to ids.</summary>
public sealed class AuditReader(PortalDb db)
{
    /// <param name="before">Only rows older than this one; null: from the newest.</param>
    /// <returns>At most a page, and where the next begins; null: that was all.</returns>
    public async Task<(IReadOnlyList<AuditEntry> Entries, long? Older)> ReadAsync(IQueryable<AuditRow> rows, long? before, CancellationToken cancellationToken)
    {
        var found = await rows.AsNoTracking().Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(AuditEntry.PageSize + 1).ToListAsync(cancellationToken);
        var page = found.Take(AuditEntry.PageSize).ToList();
        PersonId[] people = [.. page.Select(row => row.PersonId).OfType<PersonId>().Distinct()];
        TenantId[] companies = [.. page.Select(row => row.TenantId).OfType<TenantId>().Distinct()];
        var persons = await db.People.AsNoTracking().Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var names = await db.Organisations.AsNoTracking().Where(row => companies.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return ([.. page.Select(row => Entry(row, persons, names))], found.Count > page.Count ? page[^1].Id : null);
    }

    private static AuditEntry Entry(AuditRow row, Dictionary<PersonId, Person> people, Dictionary<TenantId, string> companies)
    {
        var person = row.PersonId is { } id ? people.GetValueOrDefault(id) : null;
        return new(row, person?.DisplayName ?? row.PersonId?.ToString(), person?.Email, row.TenantId is { } company ? companies.GetValueOrDefault(company) : null);
    }
}
