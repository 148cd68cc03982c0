using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Store;

namespace Portal.Frame.Mediation;

/// <summary>For whoever runs the marketplace. To everybody else it does not exist.</summary>
public sealed class ForOperatorsAttribute : AccessAttribute
{
    public override async Task<AccessRefusal?> RefusalAsync(object request, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<CurrentPerson>().Person is not { } person)
            return AccessRefusal.SignInFirst;

        var isOperator = await services.GetRequiredService<PortalDb>().People.AnyAsync(row => row.Id == person.Id && row.IsOperator, cancellationToken);
        return isOperator ? null : AccessRefusal.NotFound;
    }
}
