using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Tenancy;

namespace Portal.Identity;

/// <summary>The cookie that names the signed-in person. It holds the person's id and nothing that could be stale.</summary>
public static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string PersonClaim = "sub";

    public static Task IssueAsync(HttpContext context, PersonId person) =>
        context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(PersonClaim, person.ToString())], Scheme)));

    /// <summary>The person whom the cookie names; whether they exist, the database says.</summary>
    public static PersonId? Read(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return Guid.TryParse(principal.FindFirstValue(PersonClaim), out var id) ? new PersonId(id) : null;
    }
}
