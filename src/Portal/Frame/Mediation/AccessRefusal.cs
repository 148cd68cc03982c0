namespace Portal.Frame.Mediation;

public enum AccessRefusal
{
    /// <summary>Nobody is signed in.</summary>
    SignInFirst,

    /// <summary>To a stranger it does not exist.</summary>
    NotFound,

    /// <summary>A member, but of a role without the right.</summary>
    Forbidden,
}
