namespace Tenancy;

/// <summary>What a member may do in an organisation. Order is not rank: see the portal's table of rights.</summary>
public enum Role { Owner, Admin, Billing, Developer, Viewer }

/// <summary>A person's place in an organisation.</summary>
public sealed class Membership : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required PersonId PersonId { get; init; }

    public required Role Role { get; set; }

    public Organisation? Organisation { get; init; }

    public Person? Person { get; init; }
}
