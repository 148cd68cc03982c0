using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>One module on its account, with the stack around it.</summary>
public static class ShowModule
{
    [ForMembers(Right.ReadAccounts)]
    public sealed record Query(TenantId Organisation, LinkageId Id) : IQuery<View?>, IInOrganisation;

    public sealed record View(AccountCard Account, ModuleCard Module, bool GatewayAnswers);

    public sealed class Handler(PortalDb db, IMediator mediator) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            var linkage = await db.Linkages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id && row.State != LinkageState.Ended, cancellationToken);
            if (linkage is null)
                return null;

            var view = await mediator.Send(new ShowAccounts.Query(request.Organisation, linkage.OfficialAccountId), cancellationToken);
            var account = view.Accounts.SingleOrDefault();
            var module = account?.Modules.SingleOrDefault(card => card.Linkage.Id == request.Id);
            return account is null || module is null ? null : new(account, module, view.GatewayAnswers);
        }
    }
}
