using Microsoft.AspNetCore.Http.HttpResults;
using Tenancy;

namespace Portal.Identity;

/// <summary>"My accounts" without saying whose: leads to the person's organisation, or to the catalog before there is one.</summary>
public static class MyPlace
{
    public const string Path = "/my-accounts";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, GetAsync).WithMetadata(new SignedInOnlyAttribute());

    private static async Task<RedirectHttpResult> GetAsync(CurrentPerson current, TenantResolver resolver, CancellationToken cancellationToken)
    {
        var person = current.Required;
        var first = (await resolver.MembershipsOfAsync(person.Id, cancellationToken)).MinBy(membership => membership.Organisation!.CreatedAt);
        return TypedResults.LocalRedirect(first is not null ? $"/o/{first.Organisation!.Slug}/accounts" : person.IsOperator ? "/operations" : "/catalog");
    }
}
