using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Identity's store over our rows. It saves nothing by itself: whoever changes something saves it together with the rest.</summary>
/// <remarks>The authenticator's key lies encrypted, recovery codes as hashes: whoever reads the database cannot sign in with them.</remarks>
public sealed class CredentialStore : UserOnlyStore<Credentials, PortalDb, PersonId, IdentityUserClaim<PersonId>, IdentityUserLogin<PersonId>, IdentityUserToken<PersonId>, IdentityUserPasskey<PersonId>>
{
    private const string Provider = "Portal";
    private const string RecoveryCodes = "RecoveryCodes";
    private const string AuthenticatorKey = "AuthenticatorKey";

    private readonly SecretProtector _secrets;

    public CredentialStore(PortalDb db, SecretProtector secrets) : base(db)
    {
        _secrets = secrets;
        AutoSaveChanges = false;
    }

    public override PersonId ConvertIdFromString(string? id) => id is null ? default : new PersonId(Guid.Parse(id));

    /// <summary>The row is tracked already: to attach it again, as the base does, would forget what was changed before in the same unit of work.</summary>
    public override Task<IdentityResult> UpdateAsync(Credentials user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Context.Entry(user).State == EntityState.Detached)
            return base.UpdateAsync(user, cancellationToken);

        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        return Task.FromResult(IdentityResult.Success);
    }

    /// <summary>Nobody here has claims: rights are read from the registry for each request.</summary>
    public override Task<IList<Claim>> GetClaimsAsync(Credentials user, CancellationToken cancellationToken = default) => Task.FromResult<IList<Claim>>([]);

    public override Task SetAuthenticatorKeyAsync(Credentials user, string key, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, AuthenticatorKey, _secrets.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Credentials user, CancellationToken cancellationToken) =>
        await GetTokenAsync(user, Provider, AuthenticatorKey, cancellationToken) is { Length: > 0 } kept ? _secrets.Unprotect(kept) : null;

    public override Task ReplaceCodesAsync(Credentials user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, RecoveryCodes, string.Join(';', recoveryCodes.Select(Hash)), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Credentials user, string code, CancellationToken cancellationToken)
    {
        var left = await CodesAsync(user, cancellationToken);
        if (!left.Remove(Hash(code)))
            return false;

        await SetTokenAsync(user, Provider, RecoveryCodes, string.Join(';', left), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Credentials user, CancellationToken cancellationToken) => (await CodesAsync(user, cancellationToken)).Count;

    private async Task<List<string>> CodesAsync(Credentials user, CancellationToken cancellationToken) =>
        [.. (await GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A recovery code is chance itself, so a plain digest cannot be searched.</summary>
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
