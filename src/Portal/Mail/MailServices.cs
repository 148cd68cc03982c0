using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Portal.Frame;

namespace Portal.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(MailOptions.IsClear, $"{MailOptions.Section} takes one way: Smtp with Host and Port, or MailboxUrl, an http address of the sandbox.")
            .Validate<IOptions<PortalOptions>>((mail, portal) => mail.Smtp is null || portal.Value.PublicUrl is not null, $"{MailOptions.Section}:Smtp needs {PortalOptions.Section}:PublicUrl: links in mails lead there, and nowhere that a request names.")
            .ValidateOnStart();
        services.AddSingleton<MailSignal>();
        services.AddScoped<MailOutbox>();
        services.AddHttpClient<MailboxTransport>(http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<SmtpTransport>();
        // A test may have put its own first.
        services.TryAddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value switch
        {
            { Smtp: not null } => provider.GetRequiredService<SmtpTransport>(),
            { MailboxUrl: not null } => provider.GetRequiredService<MailboxTransport>(),
            _ => new NoTransport(),
        });
        services.AddHostedService<MailWorker>();
        return services;
    }
}
