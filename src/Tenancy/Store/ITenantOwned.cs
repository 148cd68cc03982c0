namespace Tenancy;

/// <summary>A row that belongs to one tenant: the query filter hides it from all others, the save guard refuses it from any other.</summary>
public interface ITenantOwned
{
    TenantId TenantId { get; }
}

/// <summary>A row of the registry that the gateway follows. Every change gives it the store's next revision.</summary>
public interface IRevisioned
{
    /// <summary>Grows with every committed change of any row; 0 before the first save.</summary>
    long Revision { get; set; }
}
