using System.Security.Cryptography;

namespace Sandbox.Accounts;

/// <summary>A password as it is kept: PBKDF2 with SHA-256 over a salt of its own.</summary>
internal sealed record PasswordHash(byte[] Salt, byte[] Hash)
{
    private const int Rounds = 100_000;
    private const int Bytes = 32;

    /// <summary>Stands in for an unknown manager, so that a wrong name takes as long as a wrong password.</summary>
    public static readonly PasswordHash Nobody = Create(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    public static PasswordHash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(salt, Derive(password, salt));
    }

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt), Hash);

    private static byte[] Derive(string password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, Bytes);
}
