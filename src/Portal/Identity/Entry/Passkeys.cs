using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Signing in by passkey, adding and removing them. A passkey is asked to know its user (fingerprint, PIN), so it stands for both proofs.</summary>
public static class Passkeys
{
    public const int NameMax = 60;

    /// <summary>More than anybody has devices.</summary>
    private const int CountMax = 20;
    private const string CookieName = "mm.passkey";
    private const string Purpose = "passkey";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/passkey/options", AskAsync).ForFormsOnly();
        routes.MapPost("/sign-in/passkey", SignInAsync).ForFormsOnly();
        routes.MapPost("/account/passkeys/options", AskForNewAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
        routes.MapPost("/account/passkeys", AddAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
        routes.MapPost("/account/passkeys/remove", RemoveAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();
    }

    private static async Task<ContentHttpResult> AskAsync(HttpContext context, IPasskeyHandler<Credentials> passkeys, ProofLinks links)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, context); // No list of keys: which there are would tell who is here.
        Keep(context, links, default, asked.AssertionState);
        return TypedResults.Text(asked.RequestOptionsJson, "application/json");
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        [FromForm] string? credential, [FromForm] string? returnUrl, HttpContext context, IPasskeyHandler<Credentials> passkeys, ProofLinks links, UserManager<Credentials> users, PortalDb db, Sessions sessions)
    {
        if (Take(context, links) is var (_, state) && credential is { Length: > 0 })
        {
            var answer = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
            if (answer.Succeeded)
            {
                await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey); // Its counter: a copy of the key would fall behind.
                if (await db.TrySaveAsync(context.RequestAborted))
                {
                    await sessions.StartAsync(context, answer.User.Id, SignInWay.Passkey);
                    return TypedResults.LocalRedirect(LocalPath.Or(returnUrl, MyPlace.Path));
                }
            }
        }

        return TypedResults.LocalRedirect($"/sign-in?said=passkey&returnUrl={Uri.EscapeDataString(LocalPath.Or(returnUrl, MyPlace.Path))}");
    }

    private static async Task<ContentHttpResult> AskForNewAsync(HttpContext context, CurrentPerson current, IPasskeyHandler<Credentials> passkeys, ProofLinks links, PersonCredentials credentials, PortalDb db)
    {
        var person = current.Required;
        await credentials.OfAsync(person.Id, context.RequestAborted);
        await db.TrySaveAsync(context.RequestAborted); // The handler looks for keys that are there already.
        var entity = new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email, DisplayName = person.DisplayName };
        var asked = await passkeys.MakeCreationOptionsAsync(entity, context);
        Keep(context, links, person.Id, asked.AttestationState ?? "");
        return TypedResults.Text(asked.CreationOptionsJson, "application/json");
    }

    private static async Task<RedirectHttpResult> AddAsync(
        [FromForm] string? credential, [FromForm] string? name, HttpContext context, CurrentPerson current, IPasskeyHandler<Credentials> passkeys, ProofLinks links, UserManager<Credentials> users, PersonCredentials credentials, PortalDb db, AuditLog audit)
    {
        var person = current.Required.Id;
        if (Take(context, links) is not var (begunBy, state) || begunBy != person || credential is not { Length: > 0 })
            return To("passkey-failed");

        var answer = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        var count = await db.Set<IdentityUserPasskey<PersonId>>().CountAsync(row => row.UserId == person, context.RequestAborted);
        if (!answer.Succeeded || count >= CountMax)
            return To("passkey-failed");

        var own = await credentials.OfAsync(person, context.RequestAborted);
        answer.Passkey.Name = name?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, NameMax)] : null;
        await users.AddOrUpdatePasskeyAsync(own, answer.Passkey);
        audit.Add("person.passkeyAdded", $"person:{person}", after: new { answer.Passkey.Name });
        return To(await db.TrySaveAsync(context.RequestAborted) ? "passkey-added" : "passkey-failed");
    }

    private static async Task<RedirectHttpResult> RemoveAsync([FromForm] string? id, HttpContext context, CurrentPerson current, PersonCredentials credentials, PortalDb db, AuditLog audit)
    {
        var person = current.Required.Id;
        var cancellationToken = context.RequestAborted;
        var keys = await db.Set<IdentityUserPasskey<PersonId>>().Where(row => row.UserId == person).ToListAsync(cancellationToken);
        var own = await credentials.OfAsync(person, cancellationToken);
        if (keys.SingleOrDefault(row => IdOf(row.CredentialId) == id) is not { } key)
            return To("");

        if (keys.Count == 1 && own.PasswordHash is null && !await db.Set<IdentityUserLogin<PersonId>>().AnyAsync(row => row.UserId == person, cancellationToken))
            return To("last-way");

        db.Remove(key);
        audit.Add("person.passkeyRemoved", $"person:{person}", before: new { key.Data.Name });
        own.Restamp();
        await db.SaveChangesAsync(cancellationToken);
        return To("passkey-removed");
    }

    public static string IdOf(byte[] credentialId) => WebEncoders.Base64UrlEncode(credentialId);

    private static RedirectHttpResult To(string said) => TypedResults.LocalRedirect($"{SecurityPage.Path}?said={said}");

    private static void Keep(HttpContext context, ProofLinks links, PersonId person, string? state) =>
        context.Response.Cookies.Append(CookieName, links.Make(Purpose, person, state ?? "", Lifetime), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = Lifetime,
        });

    private static (PersonId Person, string State)? Take(HttpContext context, ProofLinks links)
    {
        var kept = links.Read(Purpose, context.Request.Cookies[CookieName]);
        context.Response.Cookies.Delete(CookieName);
        return kept;
    }
}
