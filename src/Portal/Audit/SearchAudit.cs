using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;

namespace Portal.Audit;

/// <summary>The operator looks for who did what. All that is asked for must hold.</summary>
public static class SearchAudit
{
    /// <param name="Person">E-mail, name or a part of it, or id.</param>
    /// <param name="Company">Its place in the path, its name or a part of it, or id.</param>
    /// <param name="Subject">Kind and id, or their beginning.</param>
    /// <param name="Action">An action, or its beginning.</param>
    /// <param name="From">From this day on, UTC.</param>
    /// <param name="To">Up to and with this day.</param>
    /// <param name="Before">Only rows older than this one.</param>
    [ForOperators]
    public sealed record Query(string? Person, string? Company, string? Subject, string? Action, DateOnly? From, DateOnly? To, long? Before) : IQuery<View>;

    /// <param name="Older">Where the next page begins; null: that was all.</param>
    public sealed record View(IReadOnlyList<AuditEntry> Entries, long? Older);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Person).MaximumLength(254);
            RuleFor(query => query.Company).MaximumLength(254);
            RuleFor(query => query.Subject).MaximumLength(AuditModel.SubjectMax);
            RuleFor(query => query.Action).MaximumLength(AuditModel.ActionMax);
        }
    }

    public sealed class Handler(PortalDb db, AuditReader reader) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = db.Set<AuditRow>().AsQueryable();
            if (Text(request.Person) is { } person)
            {
                var id = Guid.TryParse(person, out var guid) ? new Tenancy.PersonId(guid) : default;
                var people = db.People.Where(row => row.Id == id || row.Email == person || row.DisplayName.Contains(person)).Select(row => (Tenancy.PersonId?)row.Id);
                rows = rows.Where(row => people.Contains(row.PersonId));
            }

            if (Text(request.Company) is { } company)
            {
                var id = Guid.TryParse(company, out var guid) ? new Tenancy.TenantId(guid) : default;
                var companies = db.Organisations.Where(row => row.Id == id || row.Slug == company || row.Name.Contains(company)).Select(row => (Tenancy.TenantId?)row.Id);
                rows = rows.Where(row => companies.Contains(row.TenantId));
            }

            if (Text(request.Subject) is { } subject)
                rows = rows.Where(row => row.Subject.StartsWith(subject));
            if (Text(request.Action) is { } action)
                rows = rows.Where(row => row.Action.StartsWith(action));
            if (request.From is { } from)
            {
                var start = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
                rows = rows.Where(row => row.At >= start);
            }

            if (request.To is { } to && to < DateOnly.MaxValue)
            {
                var end = new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
                rows = rows.Where(row => row.At < end);
            }

            var (entries, older) = await reader.ReadAsync(rows, request.Before, cancellationToken);
            return new(entries, older);
        }

        private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
