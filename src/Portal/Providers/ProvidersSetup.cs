using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Jobs;
using Portal.Operations.Approvals;
using Portal.Outside;
using PublicWeb;

namespace Portal.Providers;

internal static class ProvidersSetup
{
    public static void AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ScannerOptions>().BindConfiguration("Scanner", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddOptions<OutsideOptions>().BindConfiguration("Outside", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<IHostLookup, SystemHostLookup>(); // A test may have put its own first.
        services.AddSingleton<PageReader>();
        services.TryAddSingleton<IDocumentScanner, DocumentScanner>();
        services.AddSingleton<DocumentVault>();
        services.AddSingleton<PrivacyLook>();
        services.AddScoped<Certification>();
        services.AddScoped<PartWriting>();
        services.AddScoped<IApprovable, CertificationApproval>();
        services.AddScoped<IPeriodicJob, CertificationJob>();
        services.AddScoped<IPeriodicJob, PrivacyJob>();
        services.AddScoped<IPeriodicJob, ScanJob>();
    }

    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        BeginApplication.Map(routes);
        BeginRound.Map(routes);
        SaveCompany.Map(routes);
        SavePrivacy.Map(routes);
        HandInDocument.Map(routes);
        ChooseAuthority.Map(routes);
        ProveAuthority.Map(routes);
        SaveBank.Map(routes);
        SubmitApplication.Map(routes);
        AnswerQuestion.Map(routes);
        ReviewApplication.Map(routes);
        OpenDocument.Map(routes);
    }
}
