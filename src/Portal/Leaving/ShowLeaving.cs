using MediatR;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Leaving;

/// <summary>What the page says on which an owner exports and closes.</summary>
public static class ShowLeaving
{
    [ForMembers(Right.Leave)]
    public sealed record Query(TenantId Organisation) : IQuery<LiveThings>, IInOrganisation;

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, LiveThings>
    {
        public Task<LiveThings> Handle(Query request, CancellationToken cancellationToken) => LiveThings.CountAsync(db, cancellationToken);
    }
}
