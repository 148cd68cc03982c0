namespace Portal.Identity;

/// <summary>Sends somebody who is not signed in to the sign-in page and, for a page, back afterwards.</summary>
internal static class SignInRedirect
{
    public static void Answer(HttpContext context)
    {
        // A form that was posted cannot be posted again by a redirect: after signing in the person sees its page instead.
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        context.Response.Redirect(To(back));
    }

    /// <summary>To the sign-in page, to prove once more who one is; then back to the page, where what was begun is pressed again.</summary>
    public static void Again(HttpContext context)
    {
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString
            : Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == context.Request.Host.Value ? page.PathAndQuery
            : MyPlace.Path;
        context.Response.Redirect($"{To(LocalPath.Or(back, MyPlace.Path))}&again=true");
    }

    public static string To(string returnUrl) => $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
