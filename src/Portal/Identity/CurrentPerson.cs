using Tenancy;

namespace Portal.Identity;

/// <summary>Who makes this request, as the database has them now, not as the cookie remembers them.</summary>
/// <remarks>Scoped: one per request, filled by <see cref="PersonMiddleware"/> before any page or endpoint runs.</remarks>
public sealed class CurrentPerson
{
    /// <summary>Null: nobody is signed in.</summary>
    public Person? Person { get; private set; }

    /// <exception cref="InvalidOperationException">Nobody is signed in: the route forgot <c>RequireSignIn</c>.</exception>
    public Person Required => Person ?? throw new InvalidOperationException("Nobody is signed in here.");

    /// <summary>The session that this request belongs to; null: nobody is signed in.</summary>
    public Session? Session { get; private set; }

    internal void Is(Person person, Session? session = null) => (Person, Session) = (person, session);
}
