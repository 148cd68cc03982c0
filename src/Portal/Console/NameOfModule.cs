using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Purchasing;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>What a module of this organisation is called, also after it ended. Null for anybody else's.</summary>
public static class NameOfModule
{
    [ForMembers(Right.ReadAccounts)]
    public sealed record Query(TenantId Organisation, LinkageId Id) : IQuery<string?>, IInOrganisation;

    public sealed class Handler(PortalDb db, ModuleShelf shelf) : IRequestHandler<Query, string?>
    {
        public async Task<string?> Handle(Query request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            return linkage is null ? null : (await shelf.FactsAsync([linkage.ModuleId], cancellationToken))[linkage.ModuleId].Name;
        }
    }
}
