using Microsoft.AspNetCore.Identity;
using Tenancy;

namespace Portal.Identity;

/// <summary>What a person can prove themselves by: passphrase, authenticator app, passkeys, LINE. The person's row is the registry's (ADR 0025).</summary>
/// <remarks>Keyed like <see cref="Person"/>; made when the person first has something to prove themselves by. The e-mail stands with the person only.</remarks>
public sealed class Credentials : IdentityUser<PersonId>
{
    /// <summary>Wrong tries before the passphrase and codes are locked.</summary>
    public const int FailuresMax = 10;

    /// <summary>How long they are locked. Passkeys and LINE open all the while: nobody is locked out by another's guesses.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    public static Credentials Of(PersonId person) => new()
    {
        Id = person,
        UserName = person.Value.ToString("N"),
        NormalizedUserName = person.Value.ToString("N"),
        SecurityStamp = NewStamp(),
    };

    public bool IsLocked(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>A wrong passphrase or code was given.</summary>
    public void Fail(DateTimeOffset now)
    {
        ConcurrencyStamp = NewStamp();
        if (++AccessFailedCount < FailuresMax)
            return;

        AccessFailedCount = 0;
        LockoutEnd = now + LockTime;
    }

    /// <summary>The right one was given. The row changes in any case, so that of many tries at once only one counts.</summary>
    public void Succeed()
    {
        ConcurrencyStamp = NewStamp();
        AccessFailedCount = 0;
        LockoutEnd = null;
    }

    /// <summary>Links that were made for the old state open nothing any more.</summary>
    public void Restamp() => (SecurityStamp, ConcurrencyStamp) = (NewStamp(), NewStamp());

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
