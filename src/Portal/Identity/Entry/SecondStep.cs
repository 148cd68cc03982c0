using Tenancy;

namespace Portal.Identity;

/// <summary>Between the first proof and the code of the authenticator app: a sealed cookie for ten minutes that says who it is about.</summary>
public sealed class SecondStep(ProofLinks links)
{
    private const string CookieName = "mm.second";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <returns>The page that asks for the code.</returns>
    public string Begin(HttpContext context, PersonId person, SignInWay way, string? returnUrl)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(CookieName, links.Make(ProofLinks.SecondStep, person, way.ToString(), Lifetime), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/sign-in", MaxAge = Lifetime,
        });
        return returnUrl is null ? "/sign-in/code" : $"/sign-in/code?returnUrl={Uri.EscapeDataString(returnUrl)}";
    }

    /// <summary>Who is in the middle of signing in; null: nobody, or too long ago.</summary>
    public (PersonId Person, SignInWay Way)? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return links.Read(ProofLinks.SecondStep, context.Request.Cookies[CookieName]) is { } begun ? (begun.Person, Enum.Parse<SignInWay>(begun.About)) : null;
    }

    public static void End(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/sign-in" });
    }
}
