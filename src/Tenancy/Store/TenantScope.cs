namespace Tenancy;

/// <summary>On whose behalf a unit of work reads and writes. It is set once, before the first query.</summary>
/// <remarks>Scoped: one per request. Without a tenant nothing of any tenant is seen: the default is nobody.</remarks>
public sealed class TenantScope
{
    /// <summary>The tenant, or null for nobody or everybody.</summary>
    public TenantId? Tenant { get; private set; }

    /// <summary>True in the operator's rooms, in the gateway and in background work: every row is seen.</summary>
    public bool SeesEveryTenant { get; private set; }

    public void Enter(TenantId tenant)
    {
        if (SeesEveryTenant || (Tenant is { } current && current != tenant))
            throw new InvalidOperationException("This unit of work already has a tenant. Open another for another tenant.");

        Tenant = tenant;
    }

    /// <param name="reason">Why no tenant applies: kept for whoever reads the call.</param>
    public void EnterEveryTenant(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (Tenant is not null)
            throw new InvalidOperationException("This unit of work already has a tenant. Open another for everybody.");

        SeesEveryTenant = true;
    }
}
