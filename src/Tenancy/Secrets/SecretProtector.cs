using Microsoft.AspNetCore.DataProtection;

namespace Tenancy;

/// <summary>Encrypts the secrets that rows hold. Portal and gateway share the key ring, never the plain text at rest.</summary>
public sealed class SecretProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Tenancy.Secrets.v1");

    public string Protect(string secret) => _protector.Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Made with another key ring, or changed.</exception>
    public string Unprotect(string protectedSecret) => _protector.Unprotect(protectedSecret);
}
