using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Tenancy;

namespace Portal.Providers;

/// <summary>Seals what a company hands in, each company's with a key of its own under the ring that protects all secrets.</summary>
public sealed class DocumentVault(IDataProtectionProvider protection)
{
    public byte[] Seal(TenantId tenant, byte[] content) => Of(tenant).Protect(content);

    /// <exception cref="CryptographicException">Sealed for another company, or changed.</exception>
    public byte[] Open(TenantId tenant, byte[] content) => Of(tenant).Unprotect(content);

    public string Seal(TenantId tenant, string text) => Of(tenant).Protect(text);

    /// <exception cref="CryptographicException">Sealed for another company, or changed.</exception>
    public string Open(TenantId tenant, string text) => Of(tenant).Unprotect(text);

    /// <summary>Tells two values apart without saying either: keyed by the company, so that nobody can try all account numbers elsewhere.</summary>
    public static string Fingerprint(TenantId tenant, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(tenant.Value.ToByteArray(), Encoding.UTF8.GetBytes(text)));

    private IDataProtector Of(TenantId tenant) => protection.CreateProtector("Portal.Providers.v1", tenant.ToString());
}
