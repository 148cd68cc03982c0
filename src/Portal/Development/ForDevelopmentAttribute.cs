using Portal.Frame.Mediation;

namespace Portal.Development;

/// <summary>For whoever sits at the machine itself, where signing in needs no proof either. Elsewhere it does not exist.</summary>
public sealed class ForDevelopmentAttribute : AccessAttribute
{
    public override Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken)
    {
        var isOpen = services.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context && services.GetRequiredService<DevelopmentDoor>().IsOpenTo(context);
        return Task.FromResult<AccessRefusal?>(isOpen ? null : AccessRefusal.NotFound);
    }
}
