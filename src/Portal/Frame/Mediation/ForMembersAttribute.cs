using Portal.Identity;
using Tenancy;

namespace Portal.Frame.Mediation;

/// <summary>For members of the organisation that the request names (<see cref="IInOrganisation"/>) whose role has the right.</summary>
/// <remarks>To a stranger the organisation does not exist, and so it is where the unit of work has another tenant's eyes.</remarks>
public sealed class ForMembersAttribute(Right right) : AccessAttribute
{
    public Right Right { get; } = right;

    public override async Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<CurrentPerson>().Person is not { } person)
            return AccessRefusal.SignInFirst;

        var organisation = ((IInOrganisation)request).Organisation;
        if (services.GetRequiredService<TenantScope>().Tenant != organisation)
            return AccessRefusal.NotFound;

        var role = await services.GetRequiredService<TenantResolver>().RoleOfAsync(person.Id, organisation, cancellationToken);
        return role is not { } held ? AccessRefusal.NotFound : Rights.Has(held, Right) ? null : AccessRefusal.Forbidden;
    }
}
