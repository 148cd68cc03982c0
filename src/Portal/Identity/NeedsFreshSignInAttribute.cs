namespace Portal.Identity;

/// <summary>On a page or route that matters most: who is asking must have proved themselves in the last ten minutes (<see cref="Session.FreshMax"/>); others prove it again and come back.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsFreshSignInAttribute : Attribute;

public static class FreshSignIn
{
    /// <summary>The route takes only somebody who has just proved who they are.</summary>
    public static RouteHandlerBuilder RequireFreshSignIn(this RouteHandlerBuilder route) => route.WithMetadata(new NeedsFreshSignInAttribute());
}
