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

    public static string To(string returnUrl) => $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
