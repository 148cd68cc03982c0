namespace Portal.Frame.Mediation;

/// <summary>Open to the world, signed in or not.</summary>
public sealed class ForAnybodyAttribute : AccessAttribute
{
    public override Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken) => Task.FromResult<AccessRefusal?>(null);
}
