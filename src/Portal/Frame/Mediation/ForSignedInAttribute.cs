using Portal.Identity;

namespace Portal.Frame.Mediation;

/// <summary>For whoever is signed in; the handler looks only at what is theirs.</summary>
public sealed class ForSignedInAttribute : AccessAttribute
{
    public override Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken) =>
        Task.FromResult<AccessRefusal?>(services.GetRequiredService<CurrentPerson>().Person is null ? AccessRefusal.SignInFirst : null);
}
