using MediatR;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Audit;

/// <summary>An organisation's owners read who did what in it, operators among them.</summary>
public static class ReadOwnAudit
{
    /// <param name="Before">Only rows older than this one.</param>
    [ForMembers(Right.ReadAudit)]
    public sealed record Query(TenantId Organisation, long? Before) : IQuery<View>, IInOrganisation;

    /// <param name="Older">Where the next page begins; null: that was all.</param>
    public sealed record View(IReadOnlyList<AuditEntry> Entries, long? Older);

    public sealed class Handler(PortalDb db, AuditReader reader) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var (entries, older) = await reader.ReadAsync(db.Set<AuditRow>(), request.Before, cancellationToken);
            return new(entries, older);
        }
    }
}
