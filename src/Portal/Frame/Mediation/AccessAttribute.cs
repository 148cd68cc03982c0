namespace Portal.Frame.Mediation;

/// <summary>Says who may send a request. Each request bears exactly one; without any it is refused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class AccessAttribute : Attribute
{
    /// <summary>Asks the database, not the session: somebody who lost a right a moment ago does not have it now.</summary>
    /// <returns>Null: they may.</returns>
    public abstract Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken);
}
