using Tenancy;

namespace Portal.Frame.Mediation;

/// <summary>A request about one organisation, which it names: an old tab cannot act on the wrong company.</summary>
public interface IInOrganisation
{
    TenantId Organisation { get; }
}
