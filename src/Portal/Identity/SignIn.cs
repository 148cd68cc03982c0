using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Signing in by one click, as somebody who stands in the database. Development only.</summary>
public static class SignIn
{
    /// <summary>More buttons than this help nobody.</summary>
    private const int PeopleShownMax = 30;

    [ForAnybody]
    public sealed record PeopleQuery : IQuery<IReadOnlyList<DemoPerson>>;

    /// <param name="Places">The organisations they belong to, each with the role.</param>
    public sealed record DemoPerson(PersonId Id, string DisplayName, string Email, bool IsOperator, IReadOnlyList<Place> Places);

    public sealed record Place(string Organisation, Role Role);

    public sealed class PeopleHandler(PortalDb db, IOptions<IdentityOptions> options) : IRequestHandler<PeopleQuery, IReadOnlyList<DemoPerson>>
    {
        public async Task<IReadOnlyList<DemoPerson>> Handle(PeopleQuery request, CancellationToken cancellationToken)
        {
            if (!options.Value.DevelopmentSignIn)
                return [];

            var people = await db.People.AsNoTracking().OrderBy(person => person.CreatedAt).ThenBy(person => person.Id).Take(PeopleShownMax).ToListAsync(cancellationToken);
            var ids = people.Select(person => person.Id).ToArray();
            // Nobody is signed in yet, so no tenant applies; the sign-in page of a development machine shows everybody's places.
            var places = await db.Memberships.IgnoreQueryFilters().AsNoTracking().Where(row => ids.Contains(row.PersonId))
                .Select(row => new { row.PersonId, row.Organisation!.Name, row.Role }).ToListAsync(cancellationToken);
            return [.. people.Select(person => new DemoPerson(
                person.Id, person.DisplayName, person.Email, person.IsOperator,
                [.. places.Where(place => place.PersonId == person.Id).Select(place => new Place(place.Name, place.Role))]))];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-in/as", AsAsync).ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> AsAsync(
        [FromForm] Guid person, [FromForm] string? returnUrl, HttpContext context, PortalDb db, Sessions sessions, IOptions<IdentityOptions> options)
    {
        var id = new PersonId(person);
        if (!options.Value.DevelopmentSignIn || !await db.People.AnyAsync(row => row.Id == id, context.RequestAborted))
            return TypedResults.NotFound();

        await sessions.StartAsync(context, id, SignInWay.Demo);
        return TypedResults.LocalRedirect(LocalPath.Or(returnUrl, MyPlace.Path));
    }
}
