using FluentValidation;
using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>Finds every handler and validator of this assembly, so that a slice is one file and registers itself by being there.</summary>
internal static class Mediation
{
    public static void AddMediation(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();

        // Outermost first.
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AccessBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ReadOnlyBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditBehavior<,>));

        foreach (var type in typeof(Mediation).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var service in type.GetInterfaces().Where(IsHandlerOrValidator))
                services.AddScoped(service, type);
        }
    }

    private static bool IsHandlerOrValidator(Type service) =>
        service.IsGenericType
        && service.GetGenericTypeDefinition() is var kind
        && (kind == typeof(IRequestHandler<,>) || kind == typeof(INotificationHandler<>) || kind == typeof(IValidator<>));
}
