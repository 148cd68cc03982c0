using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A person's credentials, made at the first need; and the check of a passphrase that tells a stranger nothing.</summary>
public sealed class PersonCredentials(PortalDb db, IPasswordHasher<Credentials> hasher, TimeProvider clock)
{
    /// <summary>What nobody's passphrase is held against, so that an unknown e-mail takes as long as a known one.</summary>
    private static readonly Credentials Nobody = Credentials.Of(default);
    private static string? _nobodysHash;

    public enum Check { Refused, Proved, NeedsCode }

    /// <summary>Tracked; the caller saves.</summary>
    public async Task<Credentials> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (await db.Set<Credentials>().SingleOrDefaultAsync(row => row.Id == person, cancellationToken) is { } known)
            return known;

        var made = Credentials.Of(person);
        db.Add(made);
        return made;
    }

    /// <summary>Sets it; the caller saves. Links for the old one open nothing any more.</summary>
    public void SetPassphrase(Credentials credentials, string passphrase)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        credentials.PasswordHash = hasher.HashPassword(credentials, passphrase);
        credentials.Restamp();
    }

    /// <summary>Holds e-mail and passphrase against what is known, and saves what came of it.</summary>
    /// <returns>Refused for every reason alike: unknown, wrong, no passphrase set, locked.</returns>
    public async Task<(Check Outcome, Person? Person)> CheckAsync(string? email, string? passphrase, CancellationToken cancellationToken)
    {
        var wanted = (email ?? "").Trim();
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(row => row.Email == wanted, cancellationToken);
        var credentials = person is null ? null : await db.Set<Credentials>().SingleOrDefaultAsync(row => row.Id == person.Id, cancellationToken);
        _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        var outcome = hasher.VerifyHashedPassword(credentials ?? Nobody, credentials?.PasswordHash ?? _nobodysHash, Shortened(passphrase));

        var now = clock.GetUtcNow();
        if (credentials?.PasswordHash is null || credentials.IsLocked(now))
            return (Check.Refused, null);

        var isRight = outcome != PasswordVerificationResult.Failed;
        if (!isRight)
            credentials.Fail(now);
        else if (!credentials.TwoFactorEnabled)
            credentials.Succeed(); // With a second factor it is the code that ends the count.
        if (outcome == PasswordVerificationResult.SuccessRehashNeeded)
            credentials.PasswordHash = hasher.HashPassword(credentials, passphrase!);

        // Of many tries at once one is saved; the others were refused whatever they said.
        if (!await db.TrySaveAsync(cancellationToken) || !isRight)
            return (Check.Refused, null);

        return (credentials.TwoFactorEnabled ? Check.NeedsCode : Check.Proved, person);
    }

    /// <summary>A text of a megabyte is not hashed to please whoever sent it.</summary>
    private static string Shortened(string? passphrase) => passphrase is null ? "" : passphrase.Length > PassphraseRule.LengthMax ? passphrase[..(PassphraseRule.LengthMax + 1)] : passphrase;
}
