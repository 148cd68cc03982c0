using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>The way to LINE and back. Whoever LINE names is signed in as the person who linked it; nobody is linked by an e-mail that only looks alike.</summary>
public static class LineSignIn
{
    public const string Provider = "LINE";

    private const string ReturnPath = "/sign-in/line/return";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/line", Go).ForFormsOnly();
        routes.MapGet(ReturnPath, ReturnAsync);
        routes.MapPost("/account/line/go", GoToLink).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
        routes.MapPost("/account/line/link", LinkAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
        routes.MapPost("/account/line/remove", RemoveAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
    }

    private static Results<ChallengeHttpResult, NotFound> Go([FromForm] string? returnUrl, IOptions<IdentityOptions> options) =>
        Challenge(options, $"{ReturnPath}?returnUrl={Uri.EscapeDataString(LocalPath.Or(returnUrl, MyPlace.Path))}");

    private static Results<ChallengeHttpResult, NotFound> GoToLink(IOptions<IdentityOptions> options) => Challenge(options, LinkPage);

    /// <summary>Where somebody who is signed in says yes to linking who just came from LINE.</summary>
    public const string LinkPage = "/account/line";

    private static Results<ChallengeHttpResult, NotFound> Challenge(IOptions<IdentityOptions> options, string back) => options.Value.Line is null
        ? TypedResults.NotFound()
        : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = back }, [LineHandler.SchemeName]);

    private static async Task<RedirectHttpResult> ReturnAsync(
        [FromQuery] string? returnUrl, HttpContext context, PortalDb db, Sessions sessions, SecondStep secondStep)
    {
        if (await LineArrival.ReadAsync(context) is not { } arrival)
            return TypedResults.LocalRedirect("/sign-in?said=line");

        var cancellationToken = context.RequestAborted;
        var credentials = await db.Set<IdentityUserLogin<PersonId>>().Where(row => row.LoginProvider == Provider && row.ProviderKey == arrival.Subject)
            .Join(db.Set<Credentials>(), login => login.UserId, own => own.Id, (login, own) => own).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (credentials is null)
            return TypedResults.LocalRedirect($"/sign-in/line/new?returnUrl={Uri.EscapeDataString(LocalPath.Or(returnUrl, MyPlace.Path))}");

        await LineArrival.ForgetAsync(context);
        if (credentials.TwoFactorEnabled)
            return TypedResults.LocalRedirect(secondStep.Begin(context, credentials.Id, SignInWay.Line, LocalPath.Or(returnUrl, MyPlace.Path)));

        await sessions.StartAsync(context, credentials.Id, SignInWay.Line);
        return TypedResults.LocalRedirect(LocalPath.Or(returnUrl, MyPlace.Path));
    }

    private static async Task<RedirectHttpResult> LinkAsync(HttpContext context, CurrentPerson current, PortalDb db, AuditLog audit, PersonCredentials credentials)
    {
        if (await LineArrival.ReadAsync(context) is not { } arrival)
            return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=line-lost");

        await LineArrival.ForgetAsync(context);
        var own = await credentials.OfAsync(current.Required.Id, context.RequestAborted);
        db.Add(LoginOf(own.Id, arrival));
        audit.Add("person.lineLinked", $"person:{own.Id}");
        own.Restamp();
        var isLinked = await db.TrySaveAsync(context.RequestAborted); // The key lets one person have each LINE user.
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said={(isLinked ? "line-linked" : "line-taken")}");
    }

    private static async Task<RedirectHttpResult> RemoveAsync(HttpContext context, CurrentPerson current, PortalDb db, AuditLog audit, PersonCredentials credentials)
    {
        var person = current.Required.Id;
        var own = await credentials.OfAsync(person, context.RequestAborted);
        var logins = await db.Set<IdentityUserLogin<PersonId>>().Where(row => row.UserId == person).ToListAsync(context.RequestAborted);
        if (own.PasswordHash is null && !await db.Set<IdentityUserPasskey<PersonId>>().AnyAsync(row => row.UserId == person, context.RequestAborted))
            return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=last-way");

        db.RemoveRange(logins);
        audit.Add("person.lineUnlinked", $"person:{person}");
        own.Restamp();
        await db.SaveChangesAsync(context.RequestAborted);
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=line-removed");
    }

    public static IdentityUserLogin<PersonId> LoginOf(PersonId person, LineArrival arrival)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        return new() { UserId = person, LoginProvider = Provider, ProviderKey = arrival.Subject, ProviderDisplayName = arrival.Name is { Length: > 100 } name ? name[..100] : arrival.Name };
    }
}
