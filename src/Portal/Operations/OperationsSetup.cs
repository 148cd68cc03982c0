using Portal.Operations.Agreements;
using Portal.Operations.Approvals;
using Portal.Operations.Stuck;
using Portal.Operations.Suspensions;

namespace Portal.Operations;

public static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptions<OperationsOptions>()
            .BindConfiguration("Operations", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddHostedService<AgreementSeed>();
        services.AddScoped<Agreements.Agreements>();
        services.AddScoped<IStuckSource, StuckOrders>().AddScoped<IStuckSource, StuckEvents>().AddScoped<IStuckSource, StuckConnections>()
            .AddScoped<IStuckSource, StuckMails>().AddScoped<IStuckSource, StuckJobs>();
        return services.AddScoped<ApprovalDesk>().AddScoped<ISuspendable, LinkageSuspension>().AddScoped<ISuspendable, ProviderSuspension>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        CastVote.Map(routes);
        Suspend.Map(routes);
        LiftSuspension.Map(routes);
        PublishAgreement.Map(routes);
        AcceptAgreement.Map(routes);
    }
}
