using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Has the gateway try the webhook of a listing: of its draft, or of what is published. It changes nothing here, and no transaction is open while the partner's server takes its time.</summary>
public static class TryWebhook
{
    /// <param name="OfLive">The webhook that deliveries go to, not the draft's.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Query(TenantId Organisation, ListingId Id, bool OfLive = false) : IQuery<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Tried(WebhookProbe Probe) : Result;

        /// <summary>No webhook is named, or no such listing.</summary>
        public sealed record NothingToTry : Result;

        /// <summary>The gateway does not answer, or has not heard of the module yet.</summary>
        public sealed record GatewayAway : Result;
    }

    public sealed class Handler(PortalDb db, ProbeClient gateway) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            var document = !request.OfLive ? own?.Draft : (await db.Set<ListingVersion>().AsNoTracking().SingleOrDefaultAsync(row => own != null && row.Id == own.LiveVersionId, cancellationToken))?.Document;
            if (own is null || document?.WebhookUrl is not { } url)
                return new Result.NothingToTry();

            try
            {
                return await gateway.ProbeAsync(own.ModuleId, url, cancellationToken) is { } probe ? new Result.Tried(probe) : new Result.GatewayAway();
            }
            catch (GatewayUnavailableException)
            {
                return new Result.GatewayAway();
            }
        }
    }
}
