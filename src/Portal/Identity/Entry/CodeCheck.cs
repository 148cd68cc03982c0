using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Checks six digits of the authenticator app, or a recovery code. Counted and locked like passphrases; a code opens once.</summary>
public sealed class CodeCheck(PortalDb db, UserManager<Credentials> users, TimeProvider clock)
{
    internal const string Provider = "Portal";
    internal const string LastCode = "LastCode";

    /// <summary>So many codes are good at one moment: two steps before and after the clock's own.</summary>
    private const int CodesGood = 5;

    /// <summary>Saves what came of it.</summary>
    public async Task<bool> IsRightAsync(PersonId person, string? code, CancellationToken cancellationToken)
    {
        var own = await db.Set<Credentials>().SingleOrDefaultAsync(row => row.Id == person, cancellationToken);
        var now = clock.GetUtcNow();
        if (own is not { TwoFactorEnabled: true } || own.IsLocked(now))
            return false;

        var given = new string([.. (code ?? "").Where(letter => !char.IsWhiteSpace(letter))]);
        var isRight = given.Length == 6 ? await IsNewCodeAsync(own, given) : (await users.RedeemTwoFactorRecoveryCodeAsync(own, given.ToUpperInvariant())).Succeeded;
        if (isRight)
            own.Succeed();
        else
            own.Fail(now);
        return await db.TrySaveAsync(cancellationToken) && isRight;
    }

    /// <summary>The app shows a code for half a minute and we take it a little longer: somebody who looked over a shoulder must not use it again.</summary>
    private async Task<bool> IsNewCodeAsync(Credentials own, string code)
    {
        var used = (await users.GetAuthenticationTokenAsync(own, Provider, LastCode) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!await users.VerifyTwoFactorTokenAsync(own, TokenOptions.DefaultAuthenticatorProvider, code) || used.Contains(code))
            return false;

        await users.SetAuthenticationTokenAsync(own, Provider, LastCode, string.Join(' ', used.Append(code).TakeLast(CodesGood)));
        return true;
    }
}
