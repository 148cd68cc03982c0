using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Identity;
using Portal.Store;
using Tenancy;
using Result = Portal.Purchasing.ConfirmOrder.Result;

namespace Portal.Purchasing;

/// <summary>One attempt at confirming an order, in one transaction. The store's unique indexes and the order's version decide races.</summary>
public sealed class OrderConfirmation(PortalDb db, TenantScope scope, TenantResolver resolver, OfferReader offers, BuyerAccounts accounts, PriorUse priorUse, AuditLog audit, TimeProvider clock)
{
    /// <returns>Null when somebody else was faster: what they did is seen by the next attempt, in another unit of work.</returns>
    public async Task<Result?> TryAsync(ConfirmOrder.Command command, PersonId buyer, int attempt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var order = await db.Set<Order>().SingleOrDefaultAsync(row => row.Id == command.Id && row.BuyerId == buyer, cancellationToken);
        if (order is null)
            return new Result.NotFound();
        if (order.State == OrderState.Confirmed)
            return new Result.Confirmed(order.Id);
        if (!order.IsOpen(now))
            return new Result.NotFound();
        if (order is not { State: OrderState.InReview, BotId: { } bot })
            return new Result.NotInReview(order.ListingSlug, order.PlanCode);

        var offer = await offers.FindAsync(order.ListingSlug, order.PlanCode, cancellationToken);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == bot, cancellationToken);
        if (offer is null || connection is not { State: ConnectionState.Attached })
            return await FallBackAsync(order, OrderSetback.ConnectionLost, now, cancellationToken);
        if (!offer.RequiredScopes.All(connection.Scopes.Contains))
            return await FallBackAsync(order, OrderSetback.PermissionMissing, now, cancellationToken);

        var companies = await accounts.CompaniesAsync(buyer, cancellationToken);
        var owner = await resolver.FindByBotAsync(bot, cancellationToken);
        if (owner is not null && companies.All(company => company.Id != owner))
            return await FallBackAsync(order, OrderSetback.ForeignAccount, now, cancellationToken);

        var wanted = owner ?? order.TenantId ?? command.Company ?? (companies.Count == 1 ? companies[0].Id : null);
        if (wanted is { } tenant)
        {
            if (companies.SingleOrDefault(company => company.Id == tenant) is not { } company)
                return new Result.NotAllowed();

            scope.Enter(tenant);
            return await WriteAsync(order, offer, connection, company, command.AgreedTerms, now, cancellationToken);
        }

        if (companies.Count > 0 || string.IsNullOrWhiteSpace(command.NewCompanyName) || string.IsNullOrEmpty(command.NewCompanyCountry))
            return new Result.CompanyNeeded();

        var made = Found(command, buyer, attempt, now);
        return await WriteAsync(order, offer, connection, made, command.AgreedTerms, now, cancellationToken);
    }

    private Organisation Found(ConfirmOrder.Command command, PersonId buyer, int attempt, DateTimeOffset now)
    {
        var name = command.NewCompanyName!.Trim();
        var organisation = new Organisation
        {
            Id = TenantId.New(),
            Slug = attempt == 1 ? OrganisationSlug.From(name) : OrganisationSlug.Another(name),
            Name = name,
            Country = command.NewCompanyCountry!,
            CreatedAt = now,
        };
        scope.Enter(organisation.Id);
        db.Add(organisation);
        db.Add(new Membership { TenantId = organisation.Id, PersonId = buyer, Role = Role.Owner });
        audit.Add("organisation.founded", $"organisation:{organisation.Id}", null, new { organisation.Name, organisation.Slug, organisation.Country });
        return organisation;
    }

    private async Task<Result?> WriteAsync(Order order, Offer offer, Connection connection, Organisation company, string agreedTerms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = await db.OfficialAccounts.SingleOrDefaultAsync(row => row.BotId == connection.BotId, cancellationToken);
        if (account is null)
        {
            account = Claim(order, connection, company.Id, now);
            db.Add(account);
        }

        switch (await priorUse.FindAsync(company.Id, account.Id, offer.ModuleId, cancellationToken))
        {
            case Prior.On:
                // Perhaps by another click on this very order, between our look at the order and this one.
                await db.Entry(order).ReloadAsync(cancellationToken);
                return order.State == OrderState.Confirmed ? new Result.Confirmed(order.Id) : new Result.AlreadyOn(company.Slug);
            case Prior.FreeEnded:
                return new Result.FreeUsedBefore();
            default:
                break;
        }

        var linkage = await LinkAsync(account, offer, now, cancellationToken);
        var subscription = new Subscription
        {
            Id = SubscriptionId.New(),
            TenantId = company.Id,
            OfficialAccountId = account.Id,
            ModuleId = offer.ModuleId,
            PlanId = order.PlanId,
            PriceId = order.PriceId,
            State = SubscriptionState.Active,
            StartedAt = now,
        };
        db.Add(subscription);
        order.Confirm(subscription, linkage, agreedTerms, now);
        audit.Add("order.confirmed", $"order:{order.Id}", new { State = OrderState.InReview }, new { Linkage = linkage.Id, Subscription = subscription.Id, Account = account.Id, account.BotId, Price = order.PriceId, linkage.Scopes });
        return await db.TrySaveAsync(cancellationToken) ? new Result.Confirmed(order.Id) : null;
    }

    private static OfficialAccount Claim(Order order, Connection connection, TenantId tenant, DateTimeOffset now) => new()
    {
        Id = OfficialAccountId.New(),
        TenantId = tenant,
        BotId = connection.BotId,
        DisplayName = connection.DisplayName ?? order.AccountName ?? connection.BotId.ToString(),
        BasicId = connection.BasicId ?? order.BasicId ?? "",
        PictureUrl = connection.PictureUrl ?? order.PictureUrl,
        ClaimedAt = now,
    };

    /// <summary>One row for each (bot, module), forever: an ended one is taken up again, so that the module knows its customers by the same ids.</summary>
    private async Task<Linkage> LinkAsync(OfficialAccount account, Offer offer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var linkage = await db.Linkages.SingleOrDefaultAsync(row => row.OfficialAccountId == account.Id && row.ModuleId == offer.ModuleId, cancellationToken);
        if (linkage is null)
        {
            linkage = new Linkage
            {
                Id = LinkageId.New(),
                TenantId = account.TenantId,
                OfficialAccountId = account.Id,
                BotId = account.BotId,
                ModuleId = offer.ModuleId,
                State = LinkageState.InSetUp,
                Scopes = offer.Scopes,
                CreatedAt = now,
            };
            db.Add(linkage);
            return linkage;
        }

        (linkage.State, linkage.Scopes, linkage.EndedAt, linkage.TurnedOnAt) = (LinkageState.InSetUp, offer.Scopes, null, null);
        return linkage;
    }

    private async Task<Result?> FallBackAsync(Order order, OrderSetback setback, DateTimeOffset now, CancellationToken cancellationToken)
    {
        order.FallBack(setback, now);
        audit.Add("order.fellBack", $"order:{order.Id}", new { State = OrderState.InReview }, new { order.State, order.Setback }, order.TenantId);
        return await db.TrySaveAsync(cancellationToken) ? new Result.BackOnPlan(order.ListingSlug, order.PlanCode) : null;
    }
}
