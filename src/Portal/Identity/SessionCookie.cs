using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Portal.Identity;

/// <summary>The cookie that names a session. It holds ids and nothing that could be stale.</summary>
public static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string SessionClaim = "sid";

    /// <summary>Forms of one person are not taken from another: the antiforgery tokens know this claim.</summary>
    private const string PersonClaim = "sub";

    public static Task IssueAsync(HttpContext context, Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var claims = new[] { new Claim(SessionClaim, session.Id.ToString()), new Claim(PersonClaim, session.PersonId.ToString()) };
        return context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
    }

    public static Task RemoveAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The session that the cookie names; whether it is open, the database says.</summary>
    public static Guid? Read(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : null;
    }
}
