using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Who builds the module reads its channel secret, to check what is signed with it.</summary>
public static class ShowSecret
{
    [ForMembers(Right.DevelopModules)]
    public sealed record Query(TenantId Organisation, ListingId Id) : IQuery<string?>, IInOrganisation;

    public sealed class Handler(PortalDb db, SecretProtector secrets) : IRequestHandler<Query, string?>
    {
        /// <returns>Null: no such listing.</returns>
        public async Task<string?> Handle(Query request, CancellationToken cancellationToken)
        {
            var kept = await db.Modules.Where(module => db.Set<OwnListing>().Any(own => own.Id == request.Id && own.ModuleId == module.Id)).Select(module => module.ProtectedSecret).SingleOrDefaultAsync(cancellationToken);
            return kept is null ? null : secrets.Unprotect(kept);
        }
    }
}
