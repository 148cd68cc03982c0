using Portal.Operations.Approvals;
using Portal.Operations.Suspensions;

namespace Portal.Operations;

public static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptions<OperationsOptions>()
            .BindConfiguration("Operations", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services.AddScoped<ApprovalDesk>().AddScoped<ISuspendable, LinkageSuspension>().AddScoped<ISuspendable, ProviderSuspension>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        CastVote.Map(routes);
        Suspend.Map(routes);
        LiftSuspension.Map(routes);
    }
}
