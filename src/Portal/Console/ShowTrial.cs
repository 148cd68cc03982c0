using MediatR;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Tenancy;

namespace Portal.Console;

/// <summary>How far the owner's trying of one module is.</summary>
public static class ShowTrial
{
    [ForMembers(Right.ReadAccounts)]
    public sealed record Query(TenantId Organisation, LinkageId Id) : IQuery<View?>, IInOrganisation;

    /// <param name="Chats">Null: the gateway does not answer, or has not seen the linkage yet.</param>
    public sealed record View(AccountCard Account, ModuleCard Module, TestChats? Chats);

    public sealed class Handler(IMediator mediator, GatewayClient gateway) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await mediator.Send(new ShowModule.Query(request.Organisation, request.Id), cancellationToken) is not { } shown)
                return null;

            try
            {
                return new(shown.Account, shown.Module, await gateway.FindTestChatsAsync(request.Id, cancellationToken));
            }
            catch (GatewayUnavailableException)
            {
                return new(shown.Account, shown.Module, null);
            }
        }
    }
}
